//! What lies outside the program's own data: programs of others, used where they are installed, and
//! files that are handed out.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::paths;

/// How long another program may take.
const SECONDS_MAX: u64 = 20;
/// Pages of a PDF that are read.
const PAGES_MAX: &str = "50";
/// Characters of text that are taken from it.
pub const TEXT_CHARS_MAX: usize = 200_000;

/// The text of a PDF as `pdftotext` lays it out; `None` where that is not installed, fails, takes
/// too long, or the pages are pictures.
///
/// The program gets the bytes alone: no name, no shell, no network.
#[must_use]
pub fn pdf_text(bytes: &[u8]) -> Option<String> {
    let mut file = tempfile::NamedTempFile::new().ok()?;
    file.write_all(bytes).ok()?;
    let mut child = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", "-l", PAGES_MAX])
        .arg(file.path())
        .arg("-")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut out = child.stdout.take()?;
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut text = Vec::new();
        let limit = u64::try_from(TEXT_CHARS_MAX * 4).unwrap_or(u64::MAX);
        let read = std::io::Read::read_to_end(&mut std::io::Read::take(&mut out, limit), &mut text);
        let _ = sender.send(read.map(|_| text));
    });
    let text = receiver.recv_timeout(Duration::from_secs(SECONDS_MAX));
    // Done, or beyond its time: either way nothing is left behind.
    let _ = child.kill();
    let _ = child.wait();
    let text = String::from_utf8_lossy(&text.ok()?.ok()?).into_owned();
    let text: String = text
        .replace('\u{c}', "\n")
        .chars()
        .take(TEXT_CHARS_MAX)
        .collect();
    (!text.trim().is_empty()).then_some(text)
}

/// The text of a file that is a PDF by its name, see [`pdf_text`].
#[must_use]
pub fn pdf(name: &str, bytes: &[u8]) -> Option<String> {
    name.to_lowercase()
        .ends_with(".pdf")
        .then(|| pdf_text(bytes))
        .flatten()
}

/// Writes a file that the user named, whole or not at all: beside its place first, then into it.
///
/// Others may read it as the user's mask says, or as they could read what it replaces: who names the
/// folder decides who sees it. A link in its place is replaced, not followed; a pipe or a device is
/// written into.
///
/// # Errors
/// Where the folder cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let is = std::fs::metadata(path).ok();
    if is.as_ref().is_some_and(|is| !is.is_file() && !is.is_dir()) {
        return std::fs::OpenOptions::new()
            .write(true)
            .open(path)?
            .write_all(bytes);
    }
    let folder = paths::folder_of(path);
    let mut maker = tempfile::Builder::new();
    maker.prefix(paths::TEMP_PREFIX);
    #[cfg(unix)]
    maker.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut temp = maker.tempfile_in(folder)?;
    temp.write_all(bytes)?;
    if let Some(is) = is.filter(|_| !path.is_symlink()) {
        // Not every file system knows rights.
        let _ = temp.as_file().set_permissions(is.permissions());
    }
    temp.as_file().sync_all()?;
    temp.persist(path).map_err(|e| e.error)?;
    paths::sync_folder(folder);
    Ok(())
}
