// The types and numbers of PKCS #11 (OASIS, v2.40), in p11-kit's spelling. Nothing is linked: the functions come
// from the module that a token's maker delivers, opened when it is needed.
#ifndef CPKCS11_SHIM_H
#define CPKCS11_SHIM_H

#define CRYPTOKI_GNU
#include <p11-kit/pkcs11.h>

#endif
