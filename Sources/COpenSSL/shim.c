// Thin wrappers over libcrypto 3.0: digests, key files, signatures, certificate paths, and the certificates
// of a demonstration authority. No state is kept here; every handle is released by the one who asked for it.
#include "copenssl.h"

#include <limits.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <string.h>

struct copenssl_key {
    EVP_PKEY *pkey;
};

void copenssl_release(copenssl_buffer *buffer) {
    if (buffer->bytes) OPENSSL_clear_free(buffer->bytes, buffer->count);
    buffer->bytes = NULL;
    buffer->count = 0;
}

static int keep(copenssl_buffer *buffer, unsigned char *bytes, int count) {
    if (count <= 0 || !bytes) return 0;
    buffer->bytes = bytes;
    buffer->count = (size_t)count;
    return 1;
}

static int append_certificate(copenssl_buffer *buffer, X509 *certificate) {
    unsigned char *der = NULL;
    int count = i2d_X509(certificate, &der);
    if (count <= 0) return 0;
    unsigned char *grown = OPENSSL_realloc(buffer->bytes, buffer->count + (size_t)count);
    if (!grown) {
        OPENSSL_free(der);
        return 0;
    }
    memcpy(grown + buffer->count, der, (size_t)count);
    buffer->bytes = grown;
    buffer->count += (size_t)count;
    OPENSSL_free(der);
    return 1;
}

static X509 *read_certificate(const uint8_t *bytes, size_t count) {
    if (count > INT_MAX) return NULL;
    const unsigned char *cursor = bytes;
    return d2i_X509(NULL, &cursor, (long)count);
}

static STACK_OF(X509) * read_certificates(const uint8_t *bytes, size_t count) {
    STACK_OF(X509) *list = sk_X509_new_null();
    const unsigned char *cursor = bytes;
    while (list && cursor && cursor < bytes + count) {
        X509 *certificate = d2i_X509(NULL, &cursor, (long)(bytes + count - cursor));
        if (!certificate) break;
        if (!sk_X509_push(list, certificate)) {
            X509_free(certificate);
            break;
        }
    }
    ERR_clear_error();
    return list;
}

// Digests

// Looking a digest up by its name costs more than digesting a few hundred bytes. Those asked for are kept for as
// long as the program runs; there are few.
static pthread_mutex_t digest_lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    char name[40];
    const EVP_MD *digest;
} known_digests[24];

static const EVP_MD *fetch_digest(const char *algorithm) {
    int nid = OBJ_txt2nid(algorithm);
    const EVP_MD *plain = nid == NID_undef ? NULL : EVP_get_digestbynid(nid);
    if (!plain) return NULL;
    EVP_MD *fetched = EVP_MD_fetch(NULL, OBJ_nid2sn(nid), NULL);
    return fetched ? fetched : plain;
}

static const EVP_MD *digest_named(const char *algorithm) {
    if (!algorithm) return NULL;
    size_t length = strlen(algorithm);
    if (length >= sizeof known_digests[0].name) return NULL;
    const int count = sizeof known_digests / sizeof known_digests[0];
    const EVP_MD *digest = NULL;
    int place = 0;
    pthread_mutex_lock(&digest_lock);
    while (place < count && known_digests[place].digest && strcmp(known_digests[place].name, algorithm) != 0) place++;
    if (place < count && known_digests[place].digest) {
        digest = known_digests[place].digest;
    } else if (place < count) {
        digest = fetch_digest(algorithm);
        if (digest) {
            memcpy(known_digests[place].name, algorithm, length + 1);
            known_digests[place].digest = digest;
        }
    } else {
        int nid = OBJ_txt2nid(algorithm);
        digest = nid == NID_undef ? NULL : EVP_get_digestbynid(nid);
    }
    pthread_mutex_unlock(&digest_lock);
    return digest;
}

copenssl_running_digest *copenssl_digest_begin(const char *algorithm) {
    const EVP_MD *digest = digest_named(algorithm);
    EVP_MD_CTX *context = digest ? EVP_MD_CTX_new() : NULL;
    if (context && EVP_DigestInit_ex(context, digest, NULL) == 1) return context;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return NULL;
}

int copenssl_digest_add(copenssl_running_digest *digest, const uint8_t *bytes, size_t count) {
    return EVP_DigestUpdate(digest, bytes, count) == 1;
}

int copenssl_digest_end(copenssl_running_digest *context, uint8_t output[64], size_t *output_count) {
    const EVP_MD *digest = EVP_MD_CTX_get0_md(context);
    unsigned int count = 0;
    int done;
    if (EVP_MD_flags(digest) & EVP_MD_FLAG_XOF) {
        count = EVP_MD_get_type(digest) == NID_shake128 ? 32 : 64;
        done = EVP_DigestFinalXOF(context, output, count) == 1;
    } else {
        done = EVP_DigestFinal_ex(context, output, &count) == 1;
    }
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    *output_count = done ? count : 0;
    return done;
}

int copenssl_digest(const char *algorithm, const uint8_t *first, size_t first_count, const uint8_t *second,
                    size_t second_count, uint8_t output[64], size_t *output_count) {
    copenssl_running_digest *digest = copenssl_digest_begin(algorithm);
    if (!digest) return 0;
    int added = copenssl_digest_add(digest, first, first_count)
        && copenssl_digest_add(digest, second, second_count);
    return copenssl_digest_end(digest, output, output_count) && added;
}

// Key files

int copenssl_pkcs12_open(const uint8_t *bytes, size_t count, const char *passphrase, copenssl_key **key,
                         copenssl_buffer *certificate, copenssl_buffer *chain) {
    if (count > INT_MAX) return -1;
    const unsigned char *cursor = bytes;
    PKCS12 *bag = d2i_PKCS12(NULL, &cursor, (long)count);
    if (!bag) {
        ERR_clear_error();
        return -1;
    }
    EVP_PKEY *pkey = NULL;
    X509 *own = NULL;
    STACK_OF(X509) *others = NULL;
    int result = 0;
    if (PKCS12_mac_present(bag) && !PKCS12_verify_mac(bag, passphrase, -1)) {
        result = 0;
    } else if (!PKCS12_parse(bag, passphrase, &pkey, &own, &others) || !pkey || !own) {
        result = -1;
    } else {
        result = append_certificate(certificate, own) ? 1 : -1;
        for (int index = 0; result == 1 && index < sk_X509_num(others); index++) {
            if (!append_certificate(chain, sk_X509_value(others, index))) result = -1;
        }
    }
    if (result == 1 && (*key = OPENSSL_malloc(sizeof **key))) {
        (*key)->pkey = pkey;
        pkey = NULL;
    } else if (result == 1) {
        result = -1;
    }
    EVP_PKEY_free(pkey);
    X509_free(own);
    sk_X509_pop_free(others, X509_free);
    PKCS12_free(bag);
    ERR_clear_error();
    return result;
}

static EVP_PKEY *read_key(const uint8_t *bytes, size_t count) {
    if (count > INT_MAX) return NULL;
    const unsigned char *cursor = bytes;
    return d2i_AutoPrivateKey(NULL, &cursor, (long)count);
}

int copenssl_pkcs12_make(const uint8_t *key, size_t key_count, const uint8_t *certificate,
                         size_t certificate_count, const uint8_t *chain, size_t chain_count, const char *name,
                         const char *passphrase, copenssl_buffer *output) {
    EVP_PKEY *pkey = read_key(key, key_count);
    X509 *own = read_certificate(certificate, certificate_count);
    STACK_OF(X509) *others = read_certificates(chain, chain_count);
    PKCS12 *bag = NULL;
    int done = 0;
    if (pkey && own) bag = PKCS12_create(passphrase, name, pkey, own, others, 0, 0, 0, 0, 0);
    if (bag) {
        unsigned char *der = NULL;
        int size = i2d_PKCS12(bag, &der);
        done = keep(output, der, size);
    }
    PKCS12_free(bag);
    sk_X509_pop_free(others, X509_free);
    X509_free(own);
    EVP_PKEY_free(pkey);
    ERR_clear_error();
    return done;
}

void copenssl_key_free(copenssl_key *key) {
    if (!key) return;
    EVP_PKEY_free(key->pkey);
    OPENSSL_free(key);
}

static int kind_of(const EVP_PKEY *pkey) {
    switch (EVP_PKEY_get_base_id(pkey)) {
    case EVP_PKEY_RSA: return copenssl_key_rsa;
    case EVP_PKEY_RSA_PSS: return copenssl_key_rsa_pss;
    case EVP_PKEY_EC: return copenssl_key_ec;
    case EVP_PKEY_ED25519:
    case EVP_PKEY_ED448: return copenssl_key_eddsa;
    default: return copenssl_key_other;
    }
}

int copenssl_key_kind_of(const copenssl_key *key) { return kind_of(key->pkey); }

int copenssl_key_bits(const copenssl_key *key) { return EVP_PKEY_get_bits(key->pkey); }

// Public keys

// The next element, whose contents the cursor then stands on. Answers their length, -1 when it is another one.
static long enter(const unsigned char **cursor, const unsigned char *end, int expected) {
    long length = 0;
    int tag = 0, class = 0;
    int form = ASN1_get_object(cursor, &length, &tag, &class, end - *cursor);
    if (form & 0x81 || class != V_ASN1_UNIVERSAL || tag != expected) return -1;
    return length;
}

static int skip(const unsigned char **cursor, const unsigned char *end) {
    long length = 0;
    int tag = 0, class = 0;
    if (ASN1_get_object(cursor, &length, &tag, &class, end - *cursor) & 0x81) return 0;
    *cursor += length;
    return 1;
}

// An RSA key as it lies in a subjectPublicKeyInfo (RFC 3279, 2.3.1), NULL for any other.
static EVP_PKEY *read_rsa(const unsigned char *cursor, const unsigned char *end) {
    static const unsigned char rsa[] = {0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01};
    if (enter(&cursor, end, V_ASN1_SEQUENCE) < 0) return NULL;
    long length = enter(&cursor, end, V_ASN1_SEQUENCE);
    if (length < 0) return NULL;
    const unsigned char *key = cursor + length;
    if (enter(&cursor, key, V_ASN1_OBJECT) != sizeof rsa || memcmp(cursor, rsa, sizeof rsa)) return NULL;
    length = enter(&key, end, V_ASN1_BIT_STRING);
    if (length < 2 || *key != 0) return NULL;
    const unsigned char *stop = key++ + length;
    EVP_PKEY *pkey = d2i_PublicKey(EVP_PKEY_RSA, NULL, &key, stop - key);
    if (pkey && key == stop) return pkey;
    EVP_PKEY_free(pkey);
    return NULL;
}

// The key of a certificate, found without reading the certificate as a whole: that takes libcrypto 3.0 a tenth of
// a millisecond, half as long as a signature.
static EVP_PKEY *read_certificate_key(const uint8_t *certificate, size_t count) {
    if (count > INT_MAX) return NULL;
    const unsigned char *cursor = certificate, *end = certificate + count;
    if (enter(&cursor, end, V_ASN1_SEQUENCE) < 0) return NULL;
    long length = enter(&cursor, end, V_ASN1_SEQUENCE);
    if (length <= 0) return NULL;
    end = cursor + length;
    // Version where given, then number, algorithm, issuer, validity and subject.
    if (*cursor == 0xA0 && !skip(&cursor, end)) return NULL;
    for (int index = 0; index < 5; index++) {
        if (!skip(&cursor, end)) return NULL;
    }
    EVP_PKEY *pkey = read_rsa(cursor, end);
    return pkey ? pkey : d2i_PUBKEY(NULL, &cursor, end - cursor);
}

// Signatures

static int set_padding(EVP_PKEY_CTX *context, int scheme, const char *mgf_digest, int salt) {
    if (scheme == copenssl_rsa_pkcs1) return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    if (scheme != copenssl_rsa_pss) return 1;
    if (EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) != 1) return 0;
    if (mgf_digest) {
        const EVP_MD *mask = digest_named(mgf_digest);
        if (!mask || EVP_PKEY_CTX_set_rsa_mgf1_md(context, mask) != 1) return 0;
    }
    return EVP_PKEY_CTX_set_rsa_pss_saltlen(context, salt) == 1;
}

int copenssl_key_sign(const copenssl_key *key, int scheme, const char *digest, const uint8_t *bytes,
                      size_t count, copenssl_buffer *signature) {
    const EVP_MD *md = scheme == copenssl_eddsa ? NULL : digest_named(digest);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *settings = NULL;
    size_t size = 0;
    int done = 0;
    if (context && (md || scheme == copenssl_eddsa)
        && EVP_DigestSignInit(context, &settings, md, NULL, key->pkey) == 1
        && set_padding(settings, scheme, NULL, RSA_PSS_SALTLEN_DIGEST)
        && EVP_DigestSign(context, NULL, &size, bytes, count) == 1) {
        signature->bytes = OPENSSL_malloc(size);
        if (signature->bytes && EVP_DigestSign(context, signature->bytes, &size, bytes, count) == 1) {
            signature->count = size;
            done = 1;
        }
    }
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return done;
}

int copenssl_verify(const uint8_t *certificate, size_t certificate_count, int scheme, const char *digest,
                    const char *mgf_digest, int salt, const uint8_t *first, size_t first_count,
                    const uint8_t *second, size_t second_count, const uint8_t *signature,
                    size_t signature_count) {
    EVP_PKEY *pkey = read_certificate_key(certificate, certificate_count);
    const EVP_MD *md = scheme == copenssl_eddsa ? NULL : digest_named(digest);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *settings = NULL;
    int result = -1;
    int kind = pkey ? kind_of(pkey) : copenssl_key_other;
    int fits = (scheme == copenssl_rsa_pkcs1 && kind == copenssl_key_rsa)
        || (scheme == copenssl_rsa_pss && (kind == copenssl_key_rsa || kind == copenssl_key_rsa_pss))
        || (scheme == copenssl_ecdsa && kind == copenssl_key_ec)
        || (scheme == copenssl_eddsa && kind == copenssl_key_eddsa);
    if (context && fits && (md || scheme == copenssl_eddsa)
        && EVP_DigestVerifyInit(context, &settings, md, NULL, pkey) == 1
        && set_padding(settings, scheme, mgf_digest, salt)) {
        if (scheme == copenssl_eddsa) {
            // One-shot only: the caller hands over a single piece.
            result = second_count == 0
                ? EVP_DigestVerify(context, signature, signature_count, first, first_count) == 1
                : -1;
        } else if (EVP_DigestVerifyUpdate(context, first, first_count) == 1
                   && EVP_DigestVerifyUpdate(context, second, second_count) == 1) {
            result = EVP_DigestVerifyFinal(context, signature, signature_count) == 1;
        }
    }
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pkey);
    ERR_clear_error();
    return result;
}

int copenssl_certificate_key(const uint8_t *certificate, size_t certificate_count, int *kind, int *bits) {
    EVP_PKEY *pkey = read_certificate_key(certificate, certificate_count);
    int known = pkey != NULL;
    if (known) {
        *kind = kind_of(pkey);
        *bits = EVP_PKEY_get_bits(pkey);
    }
    EVP_PKEY_free(pkey);
    ERR_clear_error();
    return known;
}

// A demonstration authority

static int add_name(X509_NAME *name, const char *field, const char *value) {
    if (!value || !*value) return 1;
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, (const unsigned char *)value, -1, -1, 0);
}

static int add_extension(X509 *certificate, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    int done = extension && X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return done;
}

static int add_extensions(X509 *certificate, X509 *issuer, int is_root) {
    const char *constraints = is_root ? "critical,CA:TRUE" : "critical,CA:FALSE";
    if (!add_extension(certificate, issuer, NID_basic_constraints, constraints)) return 0;
    if (!add_extension(certificate, issuer, NID_key_usage,
                       is_root ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature,nonRepudiation"))
        return 0;
    if (!add_extension(certificate, issuer, NID_subject_key_identifier, "hash")) return 0;
    return is_root || add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always");
}

static int set_serial(X509 *certificate) {
    uint8_t bytes[16];
    if (RAND_bytes(bytes, sizeof bytes) != 1) return 0;
    bytes[0] = (bytes[0] & 0x7F) | 0x40;
    BIGNUM *number = BN_bin2bn(bytes, sizeof bytes, NULL);
    int done = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
    return done;
}

int copenssl_issue(const char *common_name, const char *organisation, const char *identifier,
                   const uint8_t *issuer_key, size_t issuer_key_count, const uint8_t *issuer,
                   size_t issuer_count, int64_t not_before, int64_t not_after, const char *curve, int bits,
                   copenssl_buffer *key, copenssl_buffer *certificate) {
    EVP_PKEY *pkey = curve && *curve ? EVP_EC_gen(curve) : EVP_RSA_gen((unsigned int)bits);
    EVP_PKEY *signer = issuer_count ? read_key(issuer_key, issuer_key_count) : pkey;
    X509 *above = issuer_count ? read_certificate(issuer, issuer_count) : NULL;
    X509 *own = X509_new();
    int done = 0;
    if (pkey && signer && own && (above || !issuer_count)) {
        X509_NAME *name = X509_get_subject_name(own);
        done = X509_set_version(own, 2) && set_serial(own) && X509_set_pubkey(own, pkey)
            && ASN1_TIME_set(X509_getm_notBefore(own), (time_t)not_before)
            && ASN1_TIME_set(X509_getm_notAfter(own), (time_t)not_after) && add_name(name, "C", "VN")
            && add_name(name, "O", organisation) && add_name(name, "CN", common_name)
            && add_name(name, "serialNumber", identifier)
            && X509_set_issuer_name(own, above ? X509_get_subject_name(above) : name)
            && add_extensions(own, above ? above : own, !above) && X509_sign(own, signer, EVP_sha256()) > 0;
    }
    if (done) {
        unsigned char *der = NULL;
        int count = i2d_PrivateKey(pkey, &der);
        done = keep(key, der, count);
        if (done) {
            der = NULL;
            count = i2d_X509(own, &der);
            done = keep(certificate, der, count);
        }
    }
    if (issuer_count) EVP_PKEY_free(signer);
    X509_free(above);
    X509_free(own);
    EVP_PKEY_free(pkey);
    ERR_clear_error();
    return done;
}
