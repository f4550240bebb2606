//! The sheets on the screen and on the command line: looked at, taken in one step, taken back.

use std::path::{Path, PathBuf};

use super::*;
use crate::command_line::{factory as sample, out, refuses, run, said};
use crate::support::{User, mail_with, write_file};
use gendan::command::{Command, goods};
use gendan::text::Lang;
use gendan::transfer::headings::Field;

const PROMISES: &str = "供应商回复,,,,,\n采购单号,料号,采购数量,回复交期,回复数量,供应商反馈\n\
    PO-0210,ZP-65,1300,2026-11-26,,染厂排队\nPO-0211,FB-102,2750,2026-12-04,1000,\n,FB-102,2750,2026-12-11,1750,\n\
    PO-0212,CT-01,190,待定,,\nPO-0299,XX-1,5,2026-12-01,,\nPO-02l3,SC-M4,100000,2026-11-27,,\n";
const RECEIPTS: &str = "采购单号,料号,到货数量,拒收,待检,到货日期,送货单号\n\
    PO-0210,ZP-65,700,20,,2026-11-20,DN-1\nPO-0210,ZP-65,600,,600,2026-11-21,DN-2\n\
    ｐｏ 214,LB-01,\"1,000\",,,2026-11-22,DN-3\n";
const COUNTS: &str =
    "料号,名称,现有库存,冻结/待检\nZP-65,拉链,120,20\nfb-102,,99,\nLB-01,,4620,0\n";

/// Opens a file by the keys of a user in Materials.
fn open(user: &mut User, path: &Path) {
    user.press("4 I")
        .write(&path.display().to_string())
        .press("enter");
}

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    write_file(folder, name, text.as_bytes())
}

fn stock(user: &User, code: &str) -> (String, String) {
    let item = user
        .app
        .world
        .items
        .iter()
        .find(|i| i.code == code)
        .unwrap();
    (item.on_hand.text(), item.on_hold.text())
}

fn line<'a>(user: &'a User, no: &str) -> &'a Purchase {
    user.app
        .world
        .purchases
        .iter()
        .find(|p| p.no == no)
        .unwrap()
}

#[test]
fn a_confirmation_is_joined_taken_taken_twice_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "回复.csv", PROMISES);
    for (lang, counts, near, takes, nothing) in [
        (
            Lang::Zh,
            "不同 3，只在文件 2",
            "是不是 PO-0213/1？",
            "写入 3 条",
            "没有可写入的",
        ),
        (
            Lang::En,
            "different 3, only in the file 2",
            "is it PO-0213/1?",
            "take 3",
            "Nothing to take",
        ),
    ] {
        let mut user = User::demo(lang);
        let before = user.app.world.promises.len();
        open(&mut user, &path);
        let screen = user.screen();
        for text in [counts, near, takes, "2026-11-21 → 2026-11-26"] {
            assert!(screen.contains(text), "{text}\n{screen}");
        }
        let first = |mark: &str| screen.find(mark).unwrap();
        assert!(
            first("~ ") < first("? ") && first("? ") < first("o "),
            "{screen}"
        );
        assert_eq!(
            user.app.world.promises.len(),
            before,
            "nothing is written before Enter"
        );
        user.press("enter");
        assert!(user.app.overlays.is_empty(), "{}", user.screen());
        let (zip, cloth) = (line(&user, "PO-0210").id, line(&user, "PO-0211").id);
        let new = user.app.world.promises.of(zip).last().unwrap();
        assert_eq!((new.date, new.said_on), (later(3), today()));
        assert_eq!(new.note, "回复.csv 3 染厂排队");
        let parts: Vec<String> = user
            .app
            .world
            .promises
            .of(cloth)
            .skip(1)
            .map(|p| format!("{} {}", p.date, p.qty))
            .collect();
        assert_eq!(parts, ["2026-12-04 1000", "2026-12-11 1750"]);
        assert!(
            user.app
                .world
                .source_files
                .iter()
                .any(|f| f.name == "回复.csv" && f.kind == "promises")
        );
        let taken = user.app.world.promises.len();
        open(&mut user, &path);
        assert!(user.screen().contains(nothing), "{}", user.screen());
        user.press("enter");
        assert_eq!(
            user.app.world.promises.len(),
            taken,
            "a second time changes nothing"
        );
        user.next_day();
        open(&mut user, &path);
        assert!(
            user.screen().contains(nothing),
            "nor on a later day: {}",
            user.screen()
        );
        user.press("enter u");
        assert_eq!(user.app.world.promises.len(), before, "one step back");
    }
}

#[test]
fn receipts_go_to_stock_once_and_what_is_wrong_stops_the_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "收货.csv", RECEIPTS);
    let over = RECEIPTS.replace("PO-0210,ZP-65,600,,600", "PO-0210,ZP-65,800,,800");
    let over = file(folder.path(), "超收.csv", &over);
    let noted = "采购单号,料号,到货数量,到货日期,备注\nPO-0212,CT-01,500,2026-11-22,供应商多送\n";
    let noted = file(folder.path(), "多送.csv", noted);
    let other = RECEIPTS.replace("700,20,,2026-11-20", "690,20,,2026-11-20");
    let other = file(folder.path(), "改数.csv", &other);
    let judged = RECEIPTS.replace("600,,600", "600,10,");
    let judged = file(folder.path(), "检后.csv", &judged);
    for lang in [Lang::Zh, Lang::En] {
        let mut user = User::demo(lang);
        let stocked = stock(&user, "ZP-65");
        open(&mut user, &over);
        assert!(user.screen().contains("C3"), "{}", user.screen());
        user.press("enter");
        assert_eq!(
            user.app.overlays.len(),
            1,
            "Enter takes nothing while there are errors"
        );
        user.press("esc esc");
        assert_eq!(stock(&user, "ZP-65"), stocked);
        open(&mut user, &path);
        user.press("enter");
        assert!(user.app.overlays.is_empty(), "{}", user.screen());
        assert_eq!(stock(&user, "ZP-65"), ("1320".to_owned(), "600".to_owned()));
        let zip = line(&user, "PO-0210").id;
        let came: Vec<String> = user
            .app
            .world
            .receipts
            .of(zip)
            .map(|r| format!("{}/{}/{} {}", r.accepted, r.rejected, r.held, r.document))
            .collect();
        assert_eq!(came, ["680/20/0 DN-1", "0/0/600 DN-2"]);
        open(&mut user, &path);
        user.press("enter");
        assert_eq!(user.app.world.receipts.of(zip).count(), 2, "once");
        // The verdict on what was held, entered by hand, is known when a later sheet has it.
        let command = Command::InspectHeld(goods::InspectHeld {
            purchase_id: zip,
            date: today(),
            accepted: Qty::whole(590),
            rejected: Qty::whole(10),
            document: String::new(),
            note: String::new(),
        });
        let app = &mut user.app;
        gendan::command::apply(&mut app.store, &app.world, &command).unwrap();
        app.reload().unwrap();
        open(&mut user, &judged);
        let same = if lang == Lang::Zh {
            "相同 3"
        } else {
            "the same 3"
        };
        assert!(user.screen().contains(same), "{}", user.screen());
        user.press("enter u");
        // The same note with other figures is shown, and does not count twice.
        open(&mut user, &other);
        let screen = user.screen();
        assert!(screen.contains("(-10)"), "{screen}");
        user.press("enter u");
        assert_eq!(stock(&user, "ZP-65"), stocked, "one step back");
        open(&mut user, &noted);
        user.press("enter");
        assert_eq!(
            user.app
                .world
                .receipts
                .of(line(&user, "PO-0212").id)
                .count(),
            1,
            "a note lets it pass"
        );
    }
}

#[test]
fn a_count_is_put_beside_the_book_and_k_reads_a_sheet_as_another_kind() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "盘点.csv", COUNTS);
    let twice = format!("{COUNTS}ZP-65,,119,20\nZP-56,,1,0\n");
    let twice = file(folder.path(), "两次.csv", &twice);
    for (lang, from, ours) in [
        (Lang::Zh, "现有库存 40 → 120 (+80)", "只在本账"),
        (Lang::En, "On hand 40 → 120 (+80)", "ours only"),
    ] {
        let mut user = User::demo(lang);
        open(&mut user, &twice);
        assert!(user.screen().contains("C5"), "{}", user.screen());
        assert!(
            user.screen().contains("ZP-65？") || user.screen().contains("ZP-65?"),
            "{}",
            user.screen()
        );
        user.press("esc esc");
        open(&mut user, &path);
        let screen = user.screen();
        assert!(screen.contains(from) && screen.contains(ours), "{screen}");
        user.press("enter");
        assert_eq!(stock(&user, "ZP-65"), ("120".to_owned(), "20".to_owned()));
        assert_eq!(stock(&user, "FB-102").0, "99");
        user.press("u");
        assert_eq!(stock(&user, "ZP-65"), ("40".to_owned(), "0".to_owned()));
        let promises = file(
            folder.path(),
            "a.csv",
            "采购单号,料号,数量,交期\nPO-0210,ZP-65,1300,2026-11-26\n",
        );
        open(&mut user, &promises);
        let read_as = |user: &mut User, zh: &str, en: &str| {
            let screen = user.screen();
            assert!(
                screen.contains(if lang == Lang::Zh { zh } else { en }),
                "{screen}"
            );
        };
        read_as(&mut user, "按供应商回复读", "Read as supplier's dates");
        user.press("k");
        read_as(&mut user, "按盘点读", "Read as stock count");
        user.press("k");
        read_as(&mut user, "按采购行读", "Read as purchase lines");
    }
}

#[test]
fn headings_of_a_supplier_are_explained_once_and_known_again_from_the_same_address() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = "Bestellung,Was,Termin\nPO-0210,ZP-65,2026-11-27\n";
    let path = file(folder.path(), "fremd.csv", sheet);
    let mut user = User::demo(Lang::En);
    open(&mut user, &path);
    assert!(user.screen().contains("Bestellung"), "{}", user.screen());
    user.press("enter");
    for field in [Field::PurchaseNo, Field::Item, Field::PromisedDate] {
        let meaning = gendan::text::transfer::field(field).text(Lang::En);
        let is = |user: &mut User| {
            let screen = user.screen();
            let row = screen.lines().rfind(|l| l.contains('◂'));
            row.is_some_and(|row| row.contains(&format!("◂ {meaning} ▸")))
        };
        let turns = (0..40).find(|_| is(&mut user) || user.press("right").has_ended());
        assert!(turns.is_some(), "{meaning}: {}", user.screen());
        user.press("down");
    }
    user.press("enter");
    assert!(
        user.screen().contains("2026-11-21 → 2026-11-27"),
        "{}",
        user.screen()
    );
    user.press("enter");
    assert!(user.app.overlays.is_empty());
    let again = sheet.replace("2026-11-27", "2026-11-30");
    let mail = mail_with(
        "Re: PO-0210",
        "Kim <kim@zips.example>",
        "see file",
        "conf.csv",
        again.as_bytes(),
    );
    let mail = write_file(folder.path(), "re.eml", &mail);
    open(&mut user, &mail);
    assert!(
        user.screen().contains("2026-11-27 → 2026-11-30"),
        "{}",
        user.screen()
    );
    user.press("enter");
    let last = user
        .app
        .world
        .promises
        .of(line(&user, "PO-0210").id)
        .max_by_key(|p| p.id)
        .unwrap();
    assert_eq!(
        last.said_on.to_string(),
        "2026-11-20",
        "the day of the mail"
    );
}

#[test]
fn the_command_line_lists_refuses_and_takes() {
    let (folder, db) = sample();
    let at = |name: &str, text: &str| file(folder.path(), name, text).display().to_string();
    let (promises, receipts, counts) = (
        at("p.csv", PROMISES),
        at("r.csv", RECEIPTS),
        at("s.csv", COUNTS),
    );
    let list = |what: &str| {
        out(&run(
            folder.path(),
            &["--db", &db, "list", what, "--format", "csv"],
        ))
    };
    let before = list("purchases");
    let dry = run(
        folder.path(),
        &[
            "--db",
            &db,
            "import",
            &promises,
            "--dry-run",
            "--format",
            "csv",
        ],
    );
    assert!(dry.status.success(), "{}", said(&dry));
    let lines = out(&dry);
    let lines: Vec<&str> = lines.lines().collect();
    assert!(
        lines[1].starts_with("differs,3,PO-0210,1,ZP-65,"),
        "{lines:?}"
    );
    assert!(
        lines[1].ends_with("promised_date,2026-11-21,2026-11-26"),
        "{lines:?}"
    );
    assert!(
        lines
            .iter()
            .any(|l| l.starts_with("file_only,8,PO-02l3,,SC-M4") && l.ends_with("PO-0213/1,")),
        "{lines:?}"
    );
    assert!(said(&dry).contains("不同 3"), "{}", said(&dry));
    let import = ["--db", &db, "import", &promises];
    refuses(folder.path(), &import, "--partly", "--partly");
    assert_eq!(list("purchases"), before, "nothing is written on a refusal");
    let partly = [&import[..], &["--partly"]].concat();
    assert!(run(folder.path(), &partly).status.success());
    assert_ne!(list("purchases"), before);
    let again = run(folder.path(), &partly);
    assert!(
        again.status.success() && said(&again).contains("没有要写入的"),
        "{}",
        said(&again)
    );
    for (name, kind) in [(&receipts, "receipts"), (&counts, "stock")] {
        let taken = run(folder.path(), &["--db", &db, "import", name, "--as", kind]);
        assert!(taken.status.success(), "{}", said(&taken));
    }
    let over = at("o.csv", &RECEIPTS.replace("DN-", "X-"));
    refuses(
        folder.path(),
        &["--db", &db, "import", &over, "--as", "receipts"],
        "C2",
        "C2",
    );
    refuses(
        folder.path(),
        &["--db", &db, "import", &over, "--as", "bom"],
        "JSON",
        "JSON",
    );
    let placed = at(
        "new.csv",
        "采购单号,料号,采购数量,单位,供应商,采购日期,要求到料日,单价\n\
         PO-0210,ZP-65,1400,条,S03,2026-11-01,,\nPO-0900,ZP-65,500,,S03,2026-11-20,2026-12-05,1.2\nPO-0900,BT-11,900,,,2026-11-20,2026-12-05,\n",
    );
    let import = ["--db", &db, "import", &placed, "--as", "purchases"];
    refuses(
        folder.path(),
        &import,
        "采购数量 1,300 → 1,400",
        "Ordered 1,300 → 1,400",
    );
    let taken = run(folder.path(), &[&import[..], &["--partly"]].concat());
    assert!(taken.status.success(), "{}", said(&taken));
    let purchases = list("purchases");
    for (line, item) in [(1, "ZP-65"), (2, "BT-11")] {
        assert!(
            purchases.contains(&format!("PO-0900,{line},{item}")),
            "{purchases}"
        );
    }
}
