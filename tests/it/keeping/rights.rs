//! Who may read what the program writes, whatever the user's mask says.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use gendan::store::{Access, Keep, Store, backup};

use super::{fine, told};
use crate::command_line::run;
use crate::store::{enter, fixed};

const FOLDER: &str = "GENDAN_RIGHTS_FOLDER";

/// Makes every kind of file there is, and ends without closing.
fn live_in(folder: &Path) {
    let path = folder.join("new/data/a.db");
    let mut store = Store::open(&path, Access::Write, fixed(), "").unwrap();
    enter(&mut store, "SO-1");
    store.daily_copy(Keep::default()).unwrap().unwrap();
    store.backup_new(&backup::by_hand(&path, fixed())).unwrap();
    store.keep_file(b"paper").unwrap();
    let copy = folder.join("copy.db");
    store.backup_new(&copy).unwrap();
    drop(store);
    backup::restore(&copy, &path, fixed()).unwrap().unwrap();
    let mut store = Store::open(&path, Access::Write, fixed(), "").unwrap();
    enter(&mut store, "SO-2");
    gendan::paths::write_private(&folder.join("state/report-folder"), b"x").unwrap();
    gendan::outside::write_whole(&folder.join("export.json"), b"{}").unwrap();
    std::mem::forget(store);
}

fn all_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(all_below(&path));
        }
        found.push(path);
    }
    found.sort();
    found
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn everything_of_the_program_is_its_owners_alone_under_any_mask() {
    if let Some(folder) = told(FOLDER) {
        live_in(&folder);
        return;
    }
    for (mask, export) in [("000", 0o666), ("022", 0o644), ("077", 0o600)] {
        let folder = tempfile::tempdir().unwrap();
        let line = format!("umask {mask}; exec \"$0\" \"$@\"");
        let test = "keeping::rights::everything_of_the_program_is_its_owners_alone_under_any_mask";
        let output = Command::new("sh")
            .args(["-c", &line])
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture"])
            .env(FOLDER, folder.path())
            .output()
            .unwrap();
        fine(&output);
        let found = all_below(folder.path());
        let names: Vec<String> = found
            .iter()
            .map(|p| p.strip_prefix(folder.path()).unwrap().display().to_string())
            .collect();
        for wanted in [
            "new/data/a.db",
            "new/data/a.db-wal",
            "new/data/a.db-shm",
            "new/data/a.backups/a-20261123.db",
            "new/data/a.backups/a-20261123-0800.db",
            "new/data/a.replaced-20261123-0800.db",
            "copy.db",
            "state/report-folder",
        ] {
            assert!(names.iter().any(|n| n == wanted), "{wanted}: {names:?}");
        }
        assert!(
            names
                .iter()
                .any(|n| n.starts_with("new/data/a.files/") && n.len() > 60)
        );
        for path in found {
            let wanted = match path.is_dir() {
                true => 0o700,
                false => 0o600,
            };
            if path.ends_with("export.json") {
                assert_eq!(mode(&path), export, "{mask}: the user's own choice");
            } else {
                assert_eq!(mode(&path), wanted, "{mask} {}", path.display());
            }
        }
    }
}

#[test]
fn an_export_keeps_the_rights_of_what_it_replaces_and_goes_into_a_pipe_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    super::file_with(&path, 1);
    let target = folder.path().join("export.json");
    std::fs::write(&target, "old").unwrap();
    std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o640)).unwrap();
    let db = path.display().to_string();
    let done = run(
        folder.path(),
        &["--db", &db, "export", "-o", target.to_str().unwrap()],
    );
    fine(&done);
    assert_eq!(mode(&target), 0o640);
    let whole = std::fs::read(&target).unwrap();
    assert!(whole.len() > 1_000);
    let piped = run(folder.path(), &["--db", &db, "export", "-o", "/dev/stdout"]);
    fine(&piped);
    assert!(piped.stdout == whole);
    assert!(Path::new("/dev/stdout").exists());
}
