// The functions of libcrypto that the signature engine calls, each with plain bytes in and out. A function
// returns 1 for success and 0 for failure unless it says otherwise. Buffers that it fills are released with
// copenssl_release.
#ifndef COPENSSL_H
#define COPENSSL_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint8_t *bytes;
    size_t count;
} copenssl_buffer;

typedef struct copenssl_key copenssl_key;

enum copenssl_scheme {
    copenssl_rsa_pkcs1 = 0,
    copenssl_rsa_pss = 1,
    copenssl_ecdsa = 2,
    copenssl_eddsa = 3
};

enum copenssl_key_kind {
    copenssl_key_other = 0,
    copenssl_key_rsa = 1,
    copenssl_key_rsa_pss = 2,
    copenssl_key_ec = 3,
    copenssl_key_eddsa = 4
};

void copenssl_release(copenssl_buffer *buffer);

// The digest named by its dotted object identifier over two pieces of bytes, one after the other.
int copenssl_digest(const char *algorithm, const uint8_t *first, size_t first_count, const uint8_t *second,
                    size_t second_count, uint8_t output[64], size_t *output_count);

// The same over any number of pieces. begin answers NULL for an unknown digest; end releases.
typedef struct evp_md_ctx_st copenssl_running_digest;

copenssl_running_digest *copenssl_digest_begin(const char *algorithm);
int copenssl_digest_add(copenssl_running_digest *digest, const uint8_t *bytes, size_t count);
int copenssl_digest_end(copenssl_running_digest *digest, uint8_t output[64], size_t *output_count);

// PKCS #12. Answers 1 when opened, 0 when the passphrase is wrong, -1 when the bytes are no key file.
// The chain comes as certificates one after another in DER.
int copenssl_pkcs12_open(const uint8_t *bytes, size_t count, const char *passphrase, copenssl_key **key,
                         copenssl_buffer *certificate, copenssl_buffer *chain);
int copenssl_pkcs12_make(const uint8_t *key, size_t key_count, const uint8_t *certificate,
                         size_t certificate_count, const uint8_t *chain, size_t chain_count, const char *name,
                         const char *passphrase, copenssl_buffer *output);

void copenssl_key_free(copenssl_key *key);
int copenssl_key_kind_of(const copenssl_key *key);
int copenssl_key_bits(const copenssl_key *key);
int copenssl_key_sign(const copenssl_key *key, int scheme, const char *digest, const uint8_t *bytes,
                      size_t count, copenssl_buffer *signature);

// Checks a signature with the public key of a certificate. salt is the length for RSA-PSS.
// Answers 1 when right, 0 when wrong, -1 when the key or algorithm cannot be used.
int copenssl_verify(const uint8_t *certificate, size_t certificate_count, int scheme, const char *digest,
                    const char *mgf_digest, int salt, const uint8_t *first, size_t first_count,
                    const uint8_t *second, size_t second_count, const uint8_t *signature,
                    size_t signature_count);

// Kind and size of the key in a certificate; 0 when it cannot be read.
int copenssl_certificate_key(const uint8_t *certificate, size_t certificate_count, int *kind, int *bits);

// A new RSA key and its certificate. Without an issuer it is a root. Times in seconds since 1970.
int copenssl_issue(const char *common_name, const char *organisation, const char *identifier,
                   const uint8_t *issuer_key, size_t issuer_key_count, const uint8_t *issuer,
                   size_t issuer_count, int64_t not_before, int64_t not_after, const char *curve, int bits,
                   copenssl_buffer *key, copenssl_buffer *certificate);

// Revocation lists of TLS. They are only looked into, also from several threads.
typedef struct copenssl_lists copenssl_lists;

copenssl_lists *copenssl_lists_new(void);
void copenssl_lists_free(copenssl_lists *lists);

// A file with lists, PEM or DER. Answers how many there were, -1 when it cannot be read.
int copenssl_lists_add(copenssl_lists *lists, const uint8_t *bytes, size_t count);

// When the first of them is out of date, in seconds since 1970; 0 when none says so.
int64_t copenssl_lists_next_update(const copenssl_lists *lists);

// Has the certificates that are shown to this SSL_CTX looked up in the lists of their issuers.
int copenssl_lists_watch(const copenssl_lists *lists, void *context, int tolerates_stale);

// The same for the certificate (DER) of a client, by these roots (PEM). Answers 0 when it is good, else what OpenSSL has
// against it.
int copenssl_lists_judge(const copenssl_lists *lists, const uint8_t *certificate, size_t certificate_count,
                         const uint8_t *roots, size_t roots_count, int tolerates_stale);

enum copenssl_objection {
    copenssl_objection_none = 0,
    copenssl_objection_revoked = 1,
    copenssl_objection_stale_list = 2,
    copenssl_objection_no_list = 3,
    copenssl_objection_bad_list = 4,
    copenssl_objection_other = 5
};

// What kind of objection a result of a verification is, and its name.
int copenssl_objection_of(long result);
const char *copenssl_objection_text(long result);

#endif
