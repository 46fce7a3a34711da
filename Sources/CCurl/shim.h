// libcurl for Swift: curl_easy_setopt and curl_easy_getinfo take "anything", which Swift cannot call. Here is one
// plain function for each kind of value.
#ifndef CCURL_SHIM_H
#define CCURL_SHIM_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

static inline CURLcode ccurl_set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

// Copied by libcurl, except for CURLOPT_POSTFIELDS.
static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

// Bytes that libcurl copies: certificates and keys in memory.
static inline CURLcode ccurl_set_bytes(CURL *handle, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
    return curl_easy_setopt(handle, option, &blob);
}

typedef size_t (*ccurl_taker)(char *bytes, size_t size, size_t count, void *context);
typedef curl_socket_t (*ccurl_opener)(void *context, curlsocktype purpose, struct curl_sockaddr *address);

typedef int (*ccurl_seeker)(void *context, curl_off_t offset, int origin);

// What arrives, header lines (CURLOPT_HEADERFUNCTION) or content (CURLOPT_WRITEFUNCTION), and what is asked for to be
// sent (CURLOPT_READFUNCTION): all have one shape.
static inline CURLcode ccurl_set_taker(CURL *handle, CURLoption option, ccurl_taker taker) {
    return curl_easy_setopt(handle, option, taker);
}

static inline CURLcode ccurl_set_opener(CURL *handle, ccurl_opener opener) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, opener);
}

static inline CURLcode ccurl_set_seeker(CURL *handle, ccurl_seeker seeker) {
    return curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, seeker);
}

// Commands and answers as they pass (CURLOPT_DEBUGFUNCTION with CURLOPT_VERBOSE).
typedef int (*ccurl_listener)(CURL *handle, curl_infotype kind, char *bytes, size_t count, void *context);

static inline CURLcode ccurl_set_listener(CURL *handle, ccurl_listener listener) {
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, listener);
}

// Called with each new SSL_CTX, where libcurl has OpenSSL underneath (CURLOPT_SSL_CTX_FUNCTION).
typedef CURLcode (*ccurl_guard)(CURL *handle, void *ssl_context, void *context);

static inline CURLcode ccurl_set_guard(CURL *handle, ccurl_guard guard) {
    return curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, guard);
}

// A message goes to those recipients that the server takes. Later versions of libcurl spell it with one L less.
static inline CURLcode ccurl_allow_refused_recipients(CURL *handle) {
    return curl_easy_setopt(handle, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
}

static inline curl_socket_t ccurl_socket(CURL *handle) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK ? socket : CURL_SOCKET_BAD;
}

static inline long ccurl_number(CURL *handle, CURLINFO property) {
    long value = 0;
    return curl_easy_getinfo(handle, property, &value) == CURLE_OK ? value : -1;
}

#endif
