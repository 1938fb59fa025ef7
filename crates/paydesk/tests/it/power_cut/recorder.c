/* Preloaded into the server under test: writes down, in order, what it does to its database's files
   and what it answers.

   An entry of the recording is a header and some bytes. Writes, truncations and syncs are entered
   before they begin and again when they are done; an answer is entered before it is sent. So
   whatever the order of two entries proves, the order of the calls did too. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* The kinds of entries; `recording.rs` has the same letters. */
enum {
    STARTED = 'p',
    CREATED = 'c',
    UNLINKED = 'u',
    WRITE = 'w',
    TRUNCATE = 't',
    SYNC = 's',
    DONE = 'd',
    FAILED = 'f',
    ANSWER = 'a',
    MAPPED = 'm',
};

/* The files that are recorded, by what their names add to the database's; then their folder. */
static const char *const SUFFIXES[] = {"", "-wal", "-journal"};
enum { FILES = 3, FOLDER = FILES, NAMES };

/* As much of an answer as its head. */
enum { ANSWER_BYTES_MAX = 1024, DESCRIPTORS_MAX = 4096 };

struct entry {
    uint8_t kind;
    uint8_t name;
    /* Which file of that name: a new one has the next number. */
    uint16_t generation;
    uint32_t length;
    /* What is done is what has the same ticket. */
    uint64_t ticket;
    uint64_t offset;
};

struct subject {
    uint8_t is_recorded;
    uint8_t name;
    uint16_t generation;
};

static const struct subject NONE = {0, 0, 0};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct subject subjects[DESCRIPTORS_MAX];
static uint16_t generations[NAMES];
static uint64_t last_ticket;
static int recording = -1;
static int swallows_syncs;
static char database[4096];
static char folder[4096];

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
    void *function = dlsym(RTLD_NEXT, name);
    if (function == NULL) abort();
    return function;
}

/* Adds an entry; returns its ticket. The lock is held. */
static uint64_t enter_locked(uint8_t kind, struct subject subject, uint64_t ticket, uint64_t offset,
                             const void *bytes, size_t length) {
    int saved = errno;
    struct entry entry = {kind, subject.name, subject.generation, (uint32_t)length, ticket, offset};
    if (ticket == 0) entry.ticket = ++last_ticket;
    struct iovec parts[2] = {{&entry, sizeof entry}, {(void *)bytes, length}};
    ssize_t written = REAL(writev)(recording, parts, length > 0 ? 2 : 1);
    if (written != (ssize_t)(sizeof entry + length)) abort();
    errno = saved;
    return entry.ticket;
}

static uint64_t enter(uint8_t kind, struct subject subject, uint64_t ticket, uint64_t offset,
                      const void *bytes, size_t length) {
    pthread_mutex_lock(&lock);
    ticket = enter_locked(kind, subject, ticket, offset, bytes, length);
    pthread_mutex_unlock(&lock);
    return ticket;
}

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("RECORDER_FILE");
    const char *of = getenv("RECORDER_DATABASE");
    if (path == NULL || of == NULL) return;
    strncpy(database, of, sizeof database - 1);
    strncpy(folder, of, sizeof folder - 1);
    char *slash = strrchr(folder, '/');
    if (slash == NULL) abort();
    *slash = 0;
    swallows_syncs = getenv("RECORDER_SWALLOWS_SYNCS") != NULL;
    recording = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (recording < 0) abort();
    enter(STARTED, NONE, 0, 0, NULL, 0);
}

static struct subject subject_of(int descriptor) {
    if (recording < 0 || descriptor < 0 || descriptor >= DESCRIPTORS_MAX) return NONE;
    pthread_mutex_lock(&lock);
    struct subject subject = subjects[descriptor];
    pthread_mutex_unlock(&lock);
    return subject;
}

/* Which of the recorded names a path is; NAMES where it is none. */
static uint8_t name_of(const char *path) {
    if (recording < 0) return NAMES;
    if (strcmp(path, folder) == 0) return FOLDER;
    size_t length = strlen(database);
    if (strncmp(path, database, length) != 0) return NAMES;
    for (uint8_t name = 0; name < FILES; name++) {
        if (strcmp(path + length, SUFFIXES[name]) == 0) return name;
    }
    return NAMES;
}

static int record_open(const char *path, int flags, mode_t mode) {
    uint8_t name = name_of(path);
    if (name == NAMES) return REAL(open)(path, flags, mode);
    pthread_mutex_lock(&lock);
    struct stat before;
    int was_there = stat(path, &before) == 0;
    int descriptor = REAL(open)(path, flags, mode);
    /* More descriptors than there are places for would be missed; that many are a defect. */
    if (descriptor >= DESCRIPTORS_MAX) abort();
    if (descriptor >= 0) {
        if (!was_there) generations[name]++;
        struct subject subject = {1, name, generations[name]};
        subjects[descriptor] = subject;
        if (!was_there) enter_locked(CREATED, subject, 0, 0, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
    return descriptor;
}

static mode_t mode_of(int flags, va_list arguments) {
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

int open(const char *path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return record_open(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return record_open(path, flags, mode);
}

int close(int descriptor) {
    if (recording >= 0 && descriptor >= 0 && descriptor < DESCRIPTORS_MAX) {
        pthread_mutex_lock(&lock);
        subjects[descriptor].is_recorded = 0;
        pthread_mutex_unlock(&lock);
    }
    return REAL(close)(descriptor);
}

int unlink(const char *path) {
    uint8_t name = name_of(path);
    int result = REAL(unlink)(path);
    if (name != NAMES && result == 0) {
        struct subject subject = {1, name, generations[name]};
        enter(UNLINKED, subject, 0, 0, NULL, 0);
    }
    return result;
}

/* The end of what has a ticket; of a write, with how much was written. */
static void finish(struct subject subject, uint64_t ticket, ssize_t result) {
    enter(result < 0 ? FAILED : DONE, subject, ticket, result < 0 ? 0 : (uint64_t)result, NULL, 0);
}

static ssize_t record_pwrite(int descriptor, const void *bytes, size_t length, off64_t offset) {
    struct subject subject = subject_of(descriptor);
    if (!subject.is_recorded) return REAL(pwrite64)(descriptor, bytes, length, offset);
    uint64_t ticket = enter(WRITE, subject, 0, (uint64_t)offset, bytes, length);
    ssize_t result = REAL(pwrite64)(descriptor, bytes, length, offset);
    finish(subject, ticket, result);
    return result;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
    return record_pwrite(descriptor, bytes, length, offset);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) {
    return record_pwrite(descriptor, bytes, length, offset);
}

static int record_truncate(int descriptor, off64_t length) {
    struct subject subject = subject_of(descriptor);
    if (!subject.is_recorded) return REAL(ftruncate64)(descriptor, length);
    uint64_t ticket = enter(TRUNCATE, subject, 0, (uint64_t)length, NULL, 0);
    int result = REAL(ftruncate64)(descriptor, length);
    finish(subject, ticket, result);
    return result;
}

int ftruncate64(int descriptor, off64_t length) { return record_truncate(descriptor, length); }

int ftruncate(int descriptor, off_t length) { return record_truncate(descriptor, length); }

static int record_sync(int descriptor, int (*sync)(int)) {
    struct subject subject = subject_of(descriptor);
    if (!subject.is_recorded) return sync(descriptor);
    if (swallows_syncs) return 0;
    uint64_t ticket = enter(SYNC, subject, 0, 0, NULL, 0);
    int result = sync(descriptor);
    finish(subject, ticket, result);
    return result;
}

int fsync(int descriptor) { return record_sync(descriptor, REAL(fsync)); }

int fdatasync(int descriptor) { return record_sync(descriptor, REAL(fdatasync)); }

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
    if (descriptor >= 0 && (flags & MAP_SHARED) != 0 && (protection & PROT_WRITE) != 0) {
        struct subject subject = subject_of(descriptor);
        if (subject.is_recorded) enter(MAPPED, subject, 0, (uint64_t)offset, NULL, 0);
    }
    return REAL(mmap)(address, length, protection, flags, descriptor, offset);
}

void *mmap64(void *address, size_t length, int protection, int flags, int descriptor,
             off64_t offset) {
    return mmap(address, length, protection, flags, descriptor, offset);
}

static void record_answer(int descriptor, const struct iovec *parts, int count) {
    struct stat status;
    if (recording < 0 || fstat(descriptor, &status) != 0 || !S_ISSOCK(status.st_mode)) return;
    char head[ANSWER_BYTES_MAX];
    size_t length = 0;
    for (int part = 0; part < count; part++) {
        size_t room = sizeof head - length;
        size_t taken = parts[part].iov_len < room ? parts[part].iov_len : room;
        memcpy(head + length, parts[part].iov_base, taken);
        length += taken;
    }
    enter(ANSWER, NONE, 0, 0, head, length);
}

ssize_t send(int descriptor, const void *bytes, size_t length, int flags) {
    struct iovec part = {(void *)bytes, length};
    record_answer(descriptor, &part, 1);
    return REAL(send)(descriptor, bytes, length, flags);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    /* SQLite never writes so; a file that somebody wrote so would not be as it was recorded. */
    record_answer(descriptor, parts, count);
    return REAL(writev)(descriptor, parts, count);
}
