//! Files as SQLite sees them, recorded and made to fail on demand.
//!
//! A thin layer over the system's own file access. It passes everything through, except on a
//! thread that holds a [`Tape`]: there it counts the calls, keeps what is written and synced, and
//! lets the call fail that the tape names. This is the only place with unsafe code.
#![allow(unsafe_code)]

use std::cell::RefCell;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem::size_of;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Once};

use rusqlite::ffi;

/// What reached the file system.
#[derive(Debug, Clone)]
pub(crate) enum Op {
    Write {
        file: usize,
        at: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        file: usize,
        size: usize,
    },
    Sync {
        file: usize,
    },
    /// `lasting`: the folder was synced with it.
    Delete {
        file: usize,
        lasting: bool,
    },
    /// Whoever writes has been told that it is done.
    Acknowledged,
}

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The device says no, once.
    Once,
    /// The device says no from then on.
    Lasting,
    /// No room from then on: writes and new files fail, reading goes on.
    Full,
    /// The process is killed.
    Kill,
    /// A read brings only half of what was asked for, once.
    Short,
}

#[derive(Debug, Default)]
struct Inner {
    /// Calls so far that may fail.
    calls: u64,
    fail: Option<(u64, Fault)>,
    failed: bool,
    record: bool,
    names: Vec<PathBuf>,
    ops: Vec<Op>,
}

/// What kind of call it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Call {
    Read,
    Write,
    Other,
}

impl Inner {
    /// Counts a call; whether and how it has to fail.
    fn call(&mut self, call: Call) -> Option<Fault> {
        self.calls += 1;
        let (at, fault) = self.fail?;
        let due = match fault {
            Fault::Once | Fault::Kill => self.calls == at,
            Fault::Lasting => self.calls >= at,
            Fault::Full => self.calls >= at && call == Call::Write,
            // The first read from there on.
            Fault::Short => self.calls >= at && call == Call::Read && !self.failed,
        };
        self.failed |= due;
        if due && fault == Fault::Kill {
            use rustix::process::{Signal, getpid, kill_process};
            kill_process(getpid(), Signal::KILL).unwrap();
            // Dead before it gets here, unless the signal is slow.
            loop {
                std::thread::yield_now();
            }
        }
        due.then_some(fault)
    }

    fn file(&mut self, name: PathBuf) -> usize {
        if let Some(at) = self.names.iter().position(|n| *n == name) {
            return at;
        }
        self.names.push(name);
        self.names.len() - 1
    }
}

thread_local! {
    static TAPE: RefCell<Option<Arc<Mutex<Inner>>>> = const { RefCell::new(None) };
}

/// What one thread does to its files.
#[derive(Debug, Clone)]
pub(crate) struct Tape(Arc<Mutex<Inner>>);

impl Tape {
    /// Records everything.
    pub(crate) fn recording() -> Self {
        Self::new(None, true)
    }

    /// Lets the call of that number (from one) fail.
    pub(crate) fn failing(call: u64, fault: Fault) -> Self {
        Self::new(Some((call, fault)), false)
    }

    /// Only counts.
    pub(crate) fn counting() -> Self {
        Self::new(None, false)
    }

    fn new(fail: Option<(u64, Fault)>, record: bool) -> Self {
        register();
        Self(Arc::new(Mutex::new(Inner {
            fail,
            record,
            ..Inner::default()
        })))
    }

    /// Runs `f` with this thread's files on the tape.
    pub(crate) fn run<T>(&self, f: impl FnOnce() -> T) -> T {
        TAPE.set(Some(self.0.clone()));
        let value = f();
        TAPE.set(None);
        value
    }

    pub(crate) fn acknowledge(&self) {
        self.0.lock().unwrap().ops.push(Op::Acknowledged);
    }

    pub(crate) fn calls(&self) -> u64 {
        self.0.lock().unwrap().calls
    }

    /// Whether a call has failed.
    pub(crate) fn failed(&self) -> bool {
        self.0.lock().unwrap().failed
    }

    /// The names of the files, and what was done to them.
    pub(crate) fn take(&self) -> (Vec<PathBuf>, Vec<Op>) {
        let mut inner = self.0.lock().unwrap();
        (
            std::mem::take(&mut inner.names),
            std::mem::take(&mut inner.ops),
        )
    }
}

/// One of our open files; the system's own follows it in memory.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    /// Null outside a tape; else one count of its [`Arc`].
    tape: *const Mutex<Inner>,
    file: usize,
}

/// The system's own file behind ours.
unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: `register` asks for room for both, ours first.
    unsafe { file.cast::<u8>().add(size_of::<File>()).cast() }
}

/// Counts a call on a file; whether it has to fail.
unsafe fn call(file: *mut ffi::sqlite3_file, call: Call) -> Option<Fault> {
    // SAFETY: the tape is null or alive until the file is closed.
    let inner = unsafe { (*file.cast::<File>()).tape.as_ref() }?;
    inner.lock().unwrap().call(call)
}

unsafe fn note(file: *mut ffi::sqlite3_file, op: impl FnOnce(usize) -> Op) {
    // SAFETY: as above.
    let (inner, at) = unsafe {
        (
            (*file.cast::<File>()).tape.as_ref(),
            (*file.cast::<File>()).file,
        )
    };
    if let Some(mut inner) = inner.map(|i| i.lock().unwrap()).filter(|i| i.record) {
        inner.ops.push(op(at));
    }
}

/// Calls the system's own method of the same name.
macro_rules! pass {
    ($file:expr, $method:ident $(, $arg:expr)*) => {{
        let real = real($file);
        ((*(*real).pMethods).$method.unwrap())(real $(, $arg)*)
    }};
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    unsafe {
        let ours = file.cast::<File>();
        if !(*ours).tape.is_null() {
            drop(Arc::from_raw((*ours).tape));
            (*ours).tape = std::ptr::null();
        }
        pass!(file, xClose)
    }
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    to: *mut c_void,
    amount: c_int,
    at: i64,
) -> c_int {
    unsafe {
        match call(file, Call::Read) {
            None => pass!(file, xRead, to, amount, at),
            Some(Fault::Short) => {
                let mut size: i64 = 0;
                pass!(file, xFileSize, &raw mut size);
                if at + i64::from(amount) <= size {
                    // The system's own read goes on after a part; what it cannot get at all inside
                    // the file it reports as an error. Zeros there would be a disk that lies.
                    return ffi::SQLITE_IOERR_READ;
                }
                pass!(file, xRead, to, amount, at);
                let half = amount as usize / 2;
                to.cast::<u8>()
                    .add(half)
                    .write_bytes(0, amount as usize - half);
                ffi::SQLITE_IOERR_SHORT_READ
            }
            Some(_) => ffi::SQLITE_IOERR_READ,
        }
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    amount: c_int,
    at: i64,
) -> c_int {
    unsafe {
        match call(file, Call::Write) {
            Some(Fault::Full) => return ffi::SQLITE_FULL,
            Some(_) => return ffi::SQLITE_IOERR_WRITE,
            None => {}
        }
        let done = pass!(file, xWrite, from, amount, at);
        if done == ffi::SQLITE_OK {
            let bytes = std::slice::from_raw_parts(from.cast::<u8>(), amount as usize);
            note(file, |file| Op::Write {
                file,
                at: at as usize,
                bytes: bytes.to_vec(),
            });
        }
        done
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: i64) -> c_int {
    unsafe {
        if call(file, Call::Other).is_some() {
            return ffi::SQLITE_IOERR_TRUNCATE;
        }
        let done = pass!(file, xTruncate, size);
        if done == ffi::SQLITE_OK {
            note(file, |file| Op::Truncate {
                file,
                size: size as usize,
            });
        }
        done
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    unsafe {
        if call(file, Call::Other).is_some() {
            return ffi::SQLITE_IOERR_FSYNC;
        }
        note(file, |file| Op::Sync { file });
        // The recorded disk decides what is safe; the real one need not be waited for.
        if (*file.cast::<File>()).tape.is_null() {
            pass!(file, xSync, flags)
        } else {
            ffi::SQLITE_OK
        }
    }
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, size: *mut i64) -> c_int {
    unsafe {
        if call(file, Call::Other).is_some() {
            return ffi::SQLITE_IOERR_FSTAT;
        }
        pass!(file, xFileSize, size)
    }
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, how: c_int) -> c_int {
    unsafe { pass!(file, xLock, how) }
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, how: c_int) -> c_int {
    unsafe { pass!(file, xUnlock, how) }
}

unsafe extern "C" fn reserved(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    unsafe { pass!(file, xCheckReservedLock, out) }
}

unsafe extern "C" fn control(file: *mut ffi::sqlite3_file, op: c_int, arg: *mut c_void) -> c_int {
    unsafe { pass!(file, xFileControl, op, arg) }
}

unsafe extern "C" fn sector(file: *mut ffi::sqlite3_file) -> c_int {
    unsafe { pass!(file, xSectorSize) }
}

unsafe extern "C" fn device(file: *mut ffi::sqlite3_file) -> c_int {
    unsafe { pass!(file, xDeviceCharacteristics) }
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    page: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    unsafe {
        if call(file, Call::Write).is_some() {
            return ffi::SQLITE_IOERR_SHMMAP;
        }
        pass!(file, xShmMap, page, size, extend, out)
    }
}

unsafe extern "C" fn shm_lock(
    file: *mut ffi::sqlite3_file,
    offset: c_int,
    n: c_int,
    flags: c_int,
) -> c_int {
    unsafe { pass!(file, xShmLock, offset, n, flags) }
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    unsafe { pass!(file, xShmBarrier) }
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, delete: c_int) -> c_int {
    unsafe { pass!(file, xShmUnmap, delete) }
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    // Version 2: shared memory, but no mapped reads that would go past us.
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(device),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// The system's own file access.
unsafe fn system(ours: *mut ffi::sqlite3_vfs) -> *mut ffi::sqlite3_vfs {
    // SAFETY: `register` keeps ours in front of it in the list.
    unsafe { (*ours).pNext }
}

unsafe fn path(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    // SAFETY: SQLite's names end in a zero.
    let name = unsafe { CStr::from_ptr(name) };
    Some(PathBuf::from(name.to_string_lossy().into_owned()))
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    unsafe {
        let ours = file.cast::<File>();
        (*ours).base.pMethods = std::ptr::null();
        (*ours).tape = std::ptr::null();
        (*ours).file = 0;
        // A file without a name is scratch space that nothing has to survive.
        let tape = path(name).and_then(|p| TAPE.with_borrow(Clone::clone).map(|t| (p, t)));
        if let Some((path, tape)) = tape {
            let mut inner = tape.lock().unwrap();
            let call = if path.exists() {
                Call::Other
            } else {
                Call::Write
            };
            match inner.call(call) {
                Some(Fault::Full) => return ffi::SQLITE_FULL,
                Some(_) => return ffi::SQLITE_CANTOPEN,
                None => {}
            }
            (*ours).file = inner.file(path);
            drop(inner);
            (*ours).tape = Arc::into_raw(tape);
        }
        (*real(file)).pMethods = std::ptr::null();
        let system = system(vfs);
        let done = ((*system).xOpen.unwrap())(system, name, real(file), flags, out);
        if (*real(file)).pMethods.is_null() {
            if !(*ours).tape.is_null() {
                drop(Arc::from_raw((*ours).tape));
                (*ours).tape = std::ptr::null();
            }
        } else {
            (*ours).base.pMethods = &raw const METHODS;
        }
        done
    }
}

unsafe extern "C" fn delete(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    sync_folder: c_int,
) -> c_int {
    unsafe {
        let tape = TAPE.with_borrow(Clone::clone);
        let noted = path(name).zip(tape);
        if let Some((_, tape)) = &noted
            && tape.lock().unwrap().call(Call::Other).is_some()
        {
            return ffi::SQLITE_IOERR_DELETE;
        }
        let system = system(vfs);
        let done = ((*system).xDelete.unwrap())(system, name, sync_folder);
        if let (Some((path, tape)), ffi::SQLITE_OK) = (noted, done) {
            let mut inner = tape.lock().unwrap();
            let file = inner.file(path);
            if inner.record {
                let lasting = sync_folder != 0;
                inner.ops.push(Op::Delete { file, lasting });
            }
        }
        done
    }
}

/// Puts our layer over the system's file access, once in a process.
fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the layer lives as long as the process; the functions it takes over from the
        // system's own do not ask which of the two they were called for.
        unsafe {
            ffi::sqlite3_initialize();
            let system = ffi::sqlite3_vfs_find(std::ptr::null());
            let ours = Box::leak(Box::new(*system));
            ours.zName = c"gendan-tests".as_ptr();
            ours.szOsFile += size_of::<File>() as c_int;
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            assert_eq!(ffi::sqlite3_vfs_register(ours, 1), ffi::SQLITE_OK);
        }
    });
}
