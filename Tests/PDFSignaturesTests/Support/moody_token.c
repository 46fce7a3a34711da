// A PKCS #11 module that hands everything on to SoftHSM, with the moods of real tokens, one chosen for each build:
//   LOCKS      the third wrong PIN locks the token, and it says how many are left
//   PLAIN      signs digests only, as older cards do
//   ONE_THREAD does not want to be called from several threads, and fails when it is
//   NARROW     has room for three sessions
//   PULLED     is pulled out once, at its third signature, and is back at once
//   GONE       is pulled out at its third signature and stays away
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CRYPTOKI_GNU
#include <p11-kit/pkcs11.h>

static struct ck_function_list real;
static struct ck_function_list moody;

static int inside;
static int sessions;
static int wrong;
static int signatures;
static int away;

#ifdef LOCKS
static ck_rv_t login(ck_session_handle_t session, ck_user_type_t user, unsigned char *pin, unsigned long count) {
    if (wrong >= 3) return CKR_PIN_LOCKED;
    ck_rv_t answer = real.C_Login(session, user, pin, count);
    if (answer == CKR_PIN_INCORRECT) wrong++;
    if (answer == CKR_OK) wrong = 0;
    return answer;
}

static ck_rv_t token_info(ck_slot_id_t slot, struct ck_token_info *info) {
    ck_rv_t answer = real.C_GetTokenInfo(slot, info);
    info->flags &= ~(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
    if (wrong == 1) info->flags |= CKF_USER_PIN_COUNT_LOW;
    if (wrong == 2) info->flags |= CKF_USER_PIN_FINAL_TRY;
    if (wrong >= 3) info->flags |= CKF_USER_PIN_LOCKED;
    return answer;
}
#endif

#ifdef PLAIN
static ck_rv_t mechanisms(ck_slot_id_t slot, ck_mechanism_type_t *list, unsigned long *count) {
    static const ck_mechanism_type_t known[] = {CKM_RSA_PKCS, CKM_RSA_PKCS_PSS, CKM_ECDSA};
    if (list) memcpy(list, known, sizeof known);
    *count = 3;
    return CKR_OK;
}

static ck_rv_t sign_init(ck_session_handle_t session, struct ck_mechanism *mechanism, ck_object_handle_t key) {
    ck_mechanism_type_t type = mechanism->mechanism;
    if (type != CKM_RSA_PKCS && type != CKM_RSA_PKCS_PSS && type != CKM_ECDSA) return CKR_MECHANISM_INVALID;
    return real.C_SignInit(session, mechanism, key);
}
#endif

#ifdef ONE_THREAD
static ck_rv_t initialize(void *arguments) { return arguments ? CKR_CANT_LOCK : real.C_Initialize(NULL); }

static ck_rv_t sign(ck_session_handle_t session, unsigned char *bytes, unsigned long count,
                    unsigned char *signature, unsigned long *room) {
    int crowd = __sync_add_and_fetch(&inside, 1);
    usleep(2000);
    ck_rv_t answer = crowd > 1 ? CKR_GENERAL_ERROR : real.C_Sign(session, bytes, count, signature, room);
    __sync_sub_and_fetch(&inside, 1);
    return answer;
}
#endif

#ifdef NARROW
static ck_rv_t open_session(ck_slot_id_t slot, ck_flags_t flags, void *application, ck_notify_t notify,
                            ck_session_handle_t *session) {
    if (__sync_add_and_fetch(&sessions, 1) > 3) {
        __sync_sub_and_fetch(&sessions, 1);
        return CKR_SESSION_COUNT;
    }
    return real.C_OpenSession(slot, flags, application, notify, session);
}

static ck_rv_t close_session(ck_session_handle_t session) {
    __sync_sub_and_fetch(&sessions, 1);
    return real.C_CloseSession(session);
}
#endif

#if defined(PULLED) || defined(GONE)
static ck_slot_id_t place;

static ck_rv_t open_session(ck_slot_id_t slot, ck_flags_t flags, void *application, ck_notify_t notify,
                            ck_session_handle_t *session) {
    place = slot;
    return real.C_OpenSession(slot, flags, application, notify, session);
}

static ck_rv_t sign(ck_session_handle_t session, unsigned char *bytes, unsigned long count,
                    unsigned char *signature, unsigned long *room) {
    if (__sync_add_and_fetch(&signatures, 1) == 3) {
        real.C_CloseAllSessions(place);
#ifdef GONE
        away = 1;
#endif
        return CKR_DEVICE_REMOVED;
    }
    return real.C_Sign(session, bytes, count, signature, room);
}

static ck_rv_t slots(unsigned char present, ck_slot_id_t *list, unsigned long *count) {
    if (!away) return real.C_GetSlotList(present, list, count);
    *count = 0;
    return CKR_OK;
}
#endif

ck_rv_t C_GetFunctionList(struct ck_function_list **list) {
    void *library = dlopen(getenv("MOODY_TOKEN_UNDER"), RTLD_NOW | RTLD_LOCAL);
    CK_C_GetFunctionList entry = library ? (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList") : NULL;
    struct ck_function_list *under = NULL;
    if (!entry || entry(&under) != CKR_OK) return CKR_GENERAL_ERROR;
    real = moody = *under;
#ifdef LOCKS
    moody.C_Login = login;
    moody.C_GetTokenInfo = token_info;
#endif
#ifdef PLAIN
    moody.C_GetMechanismList = mechanisms;
    moody.C_SignInit = sign_init;
#endif
#ifdef ONE_THREAD
    moody.C_Initialize = initialize;
    moody.C_Sign = sign;
#endif
#ifdef NARROW
    moody.C_OpenSession = open_session;
    moody.C_CloseSession = close_session;
#endif
#if defined(PULLED) || defined(GONE)
    moody.C_OpenSession = open_session;
    moody.C_Sign = sign;
    moody.C_GetSlotList = slots;
#endif
    *list = &moody;
    return CKR_OK;
}
