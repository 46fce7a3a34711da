// Revocation lists beside the verification of a certificate, in OpenSSL's own way: the lists go into the store that the
// chain is verified by. Only the list of the one who issued the certificate itself is asked for.
#include "copenssl.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

struct copenssl_lists {
    STACK_OF(X509_CRL) *all;
};

copenssl_lists *copenssl_lists_new(void) {
    copenssl_lists *lists = calloc(1, sizeof *lists);
    if (lists == NULL) return NULL;
    lists->all = sk_X509_CRL_new_null();
    if (lists->all == NULL) {
        free(lists);
        return NULL;
    }
    return lists;
}

void copenssl_lists_free(copenssl_lists *lists) {
    if (lists == NULL) return;
    sk_X509_CRL_pop_free(lists->all, X509_CRL_free);
    free(lists);
}

static int keep(copenssl_lists *lists, X509_CRL *list) {
    // Read as far as it ever will be, so that threads only look.
    if (X509_CRL_get0_nextUpdate(list) == NULL && X509_CRL_get0_lastUpdate(list) == NULL) return 0;
    return sk_X509_CRL_push(lists->all, list) > 0;
}

static int add_der(copenssl_lists *lists, const uint8_t *bytes, size_t count) {
    const uint8_t *next = bytes;
    X509_CRL *list = d2i_X509_CRL(NULL, &next, (long)count);
    if (list == NULL || !keep(lists, list)) {
        X509_CRL_free(list);
        return -1;
    }
    return 1;
}

int copenssl_lists_add(copenssl_lists *lists, const uint8_t *bytes, size_t count) {
    if (count == 0 || count > (1 << 30)) return -1;
    ERR_clear_error();
    BIO *text = BIO_new_mem_buf(bytes, (int)count);
    if (text == NULL) return -1;
    STACK_OF(X509_INFO) *found = bytes[0] == 0x30 ? NULL : PEM_X509_INFO_read_bio(text, NULL, NULL, NULL);
    BIO_free(text);
    int kept = 0;
    for (int index = 0; found != NULL && kept >= 0 && index < sk_X509_INFO_num(found); index++) {
        X509_INFO *one = sk_X509_INFO_value(found, index);
        if (one->crl == NULL) continue;
        if (!keep(lists, one->crl)) {
            kept = -1;
        } else {
            one->crl = NULL;
            kept++;
        }
    }
    if (found != NULL) sk_X509_INFO_pop_free(found, X509_INFO_free);
    if (found == NULL) kept = add_der(lists, bytes, count);
    ERR_clear_error();
    return kept;
}

int64_t copenssl_lists_next_update(const copenssl_lists *lists) {
    int64_t first = 0;
    for (int index = 0; index < sk_X509_CRL_num(lists->all); index++) {
        const ASN1_TIME *end = X509_CRL_get0_nextUpdate(sk_X509_CRL_value(lists->all, index));
        int days = 0, seconds = 0;
        ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
        if (end != NULL && epoch != NULL && ASN1_TIME_diff(&days, &seconds, epoch, end)) {
            int64_t at = (int64_t)days * 86400 + seconds;
            if (first == 0 || at < first) first = at;
        }
        ASN1_TIME_free(epoch);
    }
    return first;
}

// A list that is out of date still says who was revoked until then.
static int tolerate(int good, X509_STORE_CTX *verification) {
    if (!good && X509_STORE_CTX_get_error(verification) == X509_V_ERR_CRL_HAS_EXPIRED) {
        X509_STORE_CTX_set_error(verification, X509_V_OK);
        return 1;
    }
    return good;
}

static int watch(const copenssl_lists *lists, X509_STORE *store, int tolerates_stale) {
    for (int index = 0; index < sk_X509_CRL_num(lists->all); index++) {
        if (!X509_STORE_add_crl(store, sk_X509_CRL_value(lists->all, index))) return 0;
    }
    if (tolerates_stale) X509_STORE_set_verify_cb(store, tolerate);
    return X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK);
}

int copenssl_lists_watch(const copenssl_lists *lists, void *context, int tolerates_stale) {
    X509_STORE *store = SSL_CTX_get_cert_store(context);
    return store != NULL && watch(lists, store, tolerates_stale);
}

static int add_roots(X509_STORE *store, const uint8_t *bytes, size_t count) {
    if (count == 0 || count > (1 << 30)) return 0;
    BIO *text = BIO_new_mem_buf(bytes, (int)count);
    if (text == NULL) return 0;
    STACK_OF(X509_INFO) *found = PEM_X509_INFO_read_bio(text, NULL, NULL, NULL);
    BIO_free(text);
    if (found == NULL) return 0;
    int kept = 0;
    for (int index = 0; index < sk_X509_INFO_num(found); index++) {
        X509 *root = sk_X509_INFO_value(found, index)->x509;
        if (root != NULL) kept += X509_STORE_add_cert(store, root);
    }
    sk_X509_INFO_pop_free(found, X509_INFO_free);
    return kept > 0;
}

int copenssl_lists_judge(const copenssl_lists *lists, const uint8_t *certificate, size_t certificate_count,
                         const uint8_t *roots, size_t roots_count, int tolerates_stale) {
    int result = X509_V_ERR_UNSPECIFIED;
    const uint8_t *next = certificate;
    ERR_clear_error();
    X509 *one = d2i_X509(NULL, &next, (long)certificate_count);
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *verification = X509_STORE_CTX_new();
    if (one != NULL && store != NULL && verification != NULL && add_roots(store, roots, roots_count) &&
        watch(lists, store, tolerates_stale) && X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN) &&
        X509_STORE_CTX_init(verification, store, one, NULL) &&
        X509_STORE_CTX_set_purpose(verification, X509_PURPOSE_SSL_CLIENT)) {
        int good = X509_verify_cert(verification);
        result = good == 1 ? X509_V_OK : X509_STORE_CTX_get_error(verification);
        if (good != 1 && result == X509_V_OK) result = X509_V_ERR_UNSPECIFIED;
    }
    X509_STORE_CTX_free(verification);
    X509_STORE_free(store);
    X509_free(one);
    ERR_clear_error();
    return result;
}

int copenssl_objection_of(long result) {
    switch (result) {
    case X509_V_OK: return copenssl_objection_none;
    case X509_V_ERR_CERT_REVOKED: return copenssl_objection_revoked;
    case X509_V_ERR_CRL_HAS_EXPIRED: return copenssl_objection_stale_list;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_DIFFERENT_CRL_SCOPE: return copenssl_objection_no_list;
    case X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD:
    case X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD:
    case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
    case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
    case X509_V_ERR_CRL_PATH_VALIDATION_ERROR: return copenssl_objection_bad_list;
    default: return copenssl_objection_other;
    }
}

const char *copenssl_objection_text(long result) { return X509_verify_cert_error_string(result); }
