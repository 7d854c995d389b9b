//! The journal: what was changed, on a disk, as the requests that make the same changes again.
//!
//! A connection takes a place in the line ([`Journal::reserve`]), carries out what has come, and hands over what that has changed
//! ([`Journal::write`]), both in one go: so changes stand in the journal in the order in which they were made. Then it waits. One
//! child of the server ([`Changes::write_to`]) takes all that is in the line, and writes it where calls may block, with one call for
//! all. While the disk is busy, the line grows, and so does what the next call writes.
//!
//! A connection that has changed nothing waits too if others have and it is not written yet: it may have seen what they did.
//!
//! Never to be broken: nobody is told of a change before it is on the disk. What is there and nobody has been told of, because
//! the server was killed in between, may be there or not: its last request may be cut off, and is then left out.

use core::cell::Cell;
use core::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use futures::channel::oneshot;
use onpar::iter::channel;
use onpar::iter::source::{Permit, Receiver, Sender};
use onpar::limit;
use onpar::prelude::*;

use crate::commands;
use crate::decoder::Decoder;
use crate::input::Input;
use crate::store::Store;

/// Keeps what it is given.
pub trait Disk: Send + 'static {
    /// Adds this at the end. When it returns, it is there for good.
    ///
    /// # Errors
    ///
    /// If it is not, or who knows. Nothing is added any more.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
}

impl Disk for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)?;
        self.sync_data()
    }
}

/// The line in which connections wait for the disk.
#[derive(Debug)]
pub(crate) struct Journal<'s> {
    line: Sender<Change>,
    under_way: &'s Cell<usize>,
}

/// What has been changed by one connection, and who waits for it.
#[derive(Debug)]
pub(crate) struct Change {
    requests: Vec<u8>,
    done: oneshot::Sender<()>,
}

/// The disk has failed, and the server ends.
#[derive(Debug)]
pub(crate) struct Failed;

impl<'s> Journal<'s> {
    /// The line, and its other end. `under_way` counts the changes in it.
    pub(crate) fn new(under_way: &'s Cell<usize>) -> (Self, Changes<'s>) {
        let (line, changes) = channel(limit!(1024));
        (Self { line, under_way }, Changes { changes, under_way })
    }

    /// Waits until there is room in the line.
    pub(crate) async fn reserve(&self) -> Result<Permit<'_, Change>, Failed> {
        self.line.reserve().await.map_err(|_| Failed)
    }

    /// Takes the place in the line with this change, and waits until it and all before it are on the disk.
    ///
    /// # Cancel safety
    ///
    /// The change is in the line as soon as this is called, and will be written.
    pub(crate) fn write(
        &self,
        place: Permit<'_, Change>,
        requests: Vec<u8>,
    ) -> impl Future<Output = Result<(), Failed>> + use<> {
        let has_to_wait = !requests.is_empty() || self.under_way.get() > 0;
        let waits = has_to_wait.then(|| {
            let (done, is_done) = oneshot::channel();
            self.under_way.update(|under_way| under_way + 1);
            place.send(Change { requests, done }).map(|()| is_done)
        });
        async {
            match waits {
                None => Ok(()),
                Some(Ok(is_done)) => is_done.await.map_err(|_| Failed),
                Some(Err(_)) => Err(Failed),
            }
        }
    }
}

/// What is to be written: the other end of the line.
#[derive(Debug)]
pub(crate) struct Changes<'s> {
    changes: Receiver<Change>,
    under_way: &'s Cell<usize>,
}

impl Changes<'_> {
    /// Writes what comes, until there is nobody left who could change anything.
    pub(crate) async fn write_to<D: Disk>(self, runtime: &impl Blocking, mut disk: D) -> io::Result<()> {
        let Self { changes, under_way } = self;
        for_await!(group in changes.ready_chunks(limit!(1024)) {
            let requests = group.iter().map(|change| &*change.requests).collect::<Vec<_>>().concat();
            if !requests.is_empty() {
                let appended = runtime.spawn_blocking(move || disk.append(&requests).map(|()| disk));
                disk = appended.await.map_err(|error| io::Error::other(error.to_string()))??;
            }
            under_way.update(|under_way| under_way - group.len());
            for change in group {
                // Who has gone meanwhile need not know.
                _ = change.done.send(());
            }
        });
        Ok(())
    }
}

/// Reads a journal from a file, or begins one. The file is then written anew, without what does not matter any more, and belongs to
/// this process as long as it is open.
///
/// # Errors
///
/// If another process has it, or it is not to be read or written, or is not a journal.
pub fn open(path: &Path) -> io::Result<(Store, File)> {
    take_over(path, File::options().read(true).append(true).create(true).open(path)?)
}

/// The same, of the file that has just been opened.
fn take_over(path: &Path, mut old: File) -> io::Result<(Store, File)> {
    old.try_lock().map_err(|error| at(path, &format_args!("another server has it open: {error}")))?;
    let (there, ours) = (fs::metadata(path)?, old.metadata()?);
    if (there.dev(), there.ino()) != (ours.dev(), ours.ino()) {
        return Err(at(path, &"another server has put its own in its place just now"));
    }
    let store = replay(&mut old).map_err(|error| at(path, &error))?;

    let beside = path.with_added_extension("new");
    let new = File::options().append(true).create(true).open(&beside)?;
    new.try_lock().map_err(io::Error::from)?;
    new.set_len(0)?;
    let mut out = BufWriter::new(&new);
    store.write(|requests| out.write_all(requests))?;
    out.flush()?;
    drop(out);
    new.sync_all()?;
    fs::rename(&beside, path)?;
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder)?.sync_all()?;
    }
    Ok((store, new))
}

fn at(path: &Path, what: &dyn fmt::Display) -> io::Error {
    io::Error::other(format!("{}: {what}", path.display()))
}

/// The store that a journal tells of. A last request that is cut off was never acknowledged, and is left out.
///
/// # Errors
///
/// If it is not to be read, or has something in it that is no change.
pub fn replay(journal: &mut impl Read) -> io::Result<Store> {
    let (mut store, mut input, mut decoder, mut place) = (Store::default(), Input::default(), Decoder::of_own(), 0);
    let damaged = |place: usize, what: &dyn fmt::Display| {
        let text = format!("it is damaged at byte {place} ({what}): repair it, or move it away to begin anew");
        io::Error::new(io::ErrorKind::InvalidData, text)
    };
    loop {
        let read = journal.read(input.room())?;
        if read == 0 {
            return Ok(store);
        }
        input.has_come(read);
        while let Some((request, length)) = decoder.decode(input.unread()).map_err(|error| damaged(place, &error))? {
            if !commands::repeat(&mut store, request) {
                return Err(damaged(place, &"this changes nothing"));
            }
            place += length;
            input.consume(length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decoder::WORD;
    use crate::replies::write_request;

    fn keys(store: &Store) -> Vec<&[u8]> {
        store.keys().collect()
    }

    #[test]
    fn a_request_that_is_cut_off_is_left_out_and_what_comes_after_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kv.journal");
        fs::write(&path, "SET a 1\r\n*3\r\n$3\r\nSET\r\n$1\r\nb\r\n$4\r\n12").unwrap();
        let (store, mut file) = open(&path).unwrap();
        assert_eq!(keys(&store), [b"a"]);
        Disk::append(&mut file, b"SET c 1\r\n").unwrap();
        drop(file);
        assert_eq!(keys(&open(&path).unwrap().0), [b"a", b"c"]);
    }

    /// What is written down of these requests, one after another.
    fn recorded(requests: &[&[&[u8]]]) -> Vec<u8> {
        let mut store = Store::default();
        store.begin_to_record();
        for words in requests {
            let mut text = Vec::new();
            write_request(&mut text, words.iter());
            let mut decoder = Decoder::default();
            let (request, _) = decoder.decode(&text).unwrap().unwrap();
            assert!(commands::repeat(&mut store, request));
        }
        store.take_changes()
    }

    #[test]
    fn what_one_request_takes_out_that_many_put_in_is_read_again() {
        let members: Vec<_> = (0..80_000).map(|n: u32| n.to_string()).collect();
        let mut requests: Vec<Vec<&[u8]>> = members
            .chunks(40_000)
            .map(|half| [&b"SADD"[..], b"s"].into_iter().chain(half.iter().map(String::as_bytes)).collect())
            .collect();
        requests.push(vec![b"SPOP", b"s", b"79999"]);
        let requests: Vec<&[&[u8]]> = requests.iter().map(Vec::as_slice).collect();
        let store = replay(&mut recorded(&requests).as_slice()).unwrap();
        assert_eq!(keys(&store), [b"s"]);
    }

    #[test]
    fn a_long_value_that_has_got_a_long_key_is_read_again() {
        let long = vec![b'x'; WORD];
        let requests: [&[&[u8]]; 2] = [&[b"RPUSH", b"l", &long], &[b"RENAME", b"l", &long]];
        let store = replay(&mut recorded(&requests).as_slice()).unwrap();
        let mut written = Vec::new();
        store.write(|text| written.write_all(text)).unwrap();
        assert_eq!(keys(&replay(&mut written.as_slice()).unwrap()), [long]);
    }

    #[test]
    fn a_journal_that_is_none_says_where_and_what_to_do() {
        for (text, place) in [("SET a 1\r\nGET a\r\n", "byte 9"), ("SET a 1\r\n*1\r\n!", "byte 9"), ("x\r\n", "byte 0")]
        {
            let error = replay(&mut format!("{text}\r\n").as_bytes()).unwrap_err().to_string();
            assert!(error.contains(place) && error.contains("move it away"), "{error}");
        }
    }

    #[test]
    fn a_journal_belongs_to_one_server() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kv.journal");
        let first = open(&path).unwrap();
        assert!(open(&path).unwrap_err().to_string().contains("another server"));
        drop(first);
        open(&path).unwrap();
    }

    #[test]
    fn who_has_opened_what_another_server_then_replaces_leaves_it_to_that_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kv.journal");
        fs::write(&path, "").unwrap();
        let opened = File::options().read(true).append(true).open(&path).unwrap();
        let (_, mut first) = open(&path).unwrap();
        assert!(take_over(&path, opened).unwrap_err().to_string().contains("another server"));
        Disk::append(&mut first, b"SET a 1\r\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"SET a 1\r\n");
    }

    #[test]
    fn it_is_written_anew_without_what_does_not_matter_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kv.journal");
        let text = "SET a 1\r\nINCR a\r\nRPUSH l 1 2\r\nSADD s 1\r\nHSET h f 1\r\nSET b 1 PXAT 99999999999999\r\nSET c 1\r\nDEL c\r\n";
        fs::write(&path, text).unwrap();
        let (store, _) = open(&path).unwrap();
        let (again, _) = open(&path).unwrap();
        let written = |store: &Store| {
            let mut all = Vec::new();
            store
                .write(|text| {
                    all.push(text.to_vec());
                    Ok(())
                })
                .unwrap();
            all.sort();
            all
        };
        assert_eq!(written(&store), written(&again));
        assert_eq!(store.len(), 5);
        assert_eq!(again.deadline(b"b"), Some(99_999_999_999_999));
    }
}
