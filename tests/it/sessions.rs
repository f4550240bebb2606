//! Two sessions on one file: each sees the other's changes, and no change is lost.

mod edits;

use gendan::overlay::Overlay;
use gendan::overlay::form::FormKind;
use gendan::store::{Access, Store};
use gendan::text::{Lang, refusal, versions};

use crate::support::{MONDAY, User, clock};

/// Two users of one sample factory.
fn two(lang: Lang) -> (User, User) {
    let one = User::demo(lang);
    let path = one.path();
    let store = Store::open(&path, Access::Write, clock(MONDAY), "wang").unwrap();
    (one, User::on(store, tempfile::tempdir().unwrap(), lang))
}

fn order(user: &User, no: &str) -> gendan::domain::order::Order {
    let world = user.app.store.world().unwrap();
    world.orders.iter().find(|o| o.no == no).unwrap().clone()
}

fn edit(user: &mut User) {
    user.press("1").row("SO-0109").press("e");
    assert!(user.has_form(), "{}", user.screen());
}

fn shows_versions(user: &User) -> bool {
    matches!(user.app.overlays.last(), Some(Overlay::Versions(_)))
}

#[test]
fn a_stale_edit_shows_both_versions_and_saves_what_is_chosen() {
    for lang in [Lang::Zh, Lang::En] {
        let (mut one, mut two) = two(lang);
        edit(&mut one);
        edit(&mut two);
        one.fill("packaging", "A packs").fill("ship_to", "A ships");
        two.fill("ship_to", "B ships").fill("price_terms", "B CIF");
        one.save();
        two.press("ctrl-s");
        assert!(shows_versions(&two), "{}", two.screen());
        let screen = two.screen();
        for text in ["A packs", "A ships", "B ships", "B CIF"] {
            assert!(screen.contains(text), "{text}\n{screen}");
        }
        for word in [versions::WAS, versions::THEIRS, versions::MINE] {
            assert!(screen.contains(word.text(lang)), "{screen}");
        }
        assert!(screen.contains(versions::KEYS.text(lang)), "{screen}");
        // What both changed has to be chosen before anything is saved.
        two.press("enter");
        assert!(shows_versions(&two));
        assert!(two.note().contains('1'), "{}", two.note());
        assert_eq!(order(&two, "SO-0109").ship_to, "A ships");
        two.press("right enter");
        assert!(two.app.overlays.is_empty(), "{}", two.screen());
        let saved = order(&one, "SO-0109");
        assert_eq!(saved.packaging, "A packs");
        assert_eq!(saved.ship_to, "B ships");
        assert_eq!(saved.price_terms, "B CIF");
        // The first session sees it at its next pause.
        assert!(one.app.notice_others().unwrap());
        assert!(!one.note().is_empty());
        assert_eq!(
            one.app.world.orders.get(saved.id).unwrap().ship_to,
            "B ships"
        );
        assert!(!one.app.notice_others().unwrap());
        assert!(two.app.store.drafts().unwrap().is_empty());
    }
}

#[test]
fn going_back_from_both_versions_keeps_everything_typed_and_all_of_one_side_can_be_taken() {
    let (mut one, mut two) = two(Lang::En);
    edit(&mut one);
    edit(&mut two);
    one.fill("packaging", "A packs").fill("ship_to", "A ships");
    two.fill("ship_to", "B ships").fill("remarks", "B says");
    one.save();
    // At the next pause the open form says so, and loses nothing.
    assert!(two.app.notice_others().unwrap());
    assert!(!two.note().is_empty());
    assert_eq!(two.app.editor().unwrap().draft()["ship_to"], "B ships");
    two.press("ctrl-s");
    assert!(shows_versions(&two));
    two.press("esc");
    let typed = two.app.editor().unwrap().draft();
    assert_eq!(typed["ship_to"], "B ships");
    assert_eq!(typed["remarks"], "B says");
    assert_eq!(typed["packaging"], "A packs", "on the new version");
    two.save();
    assert_eq!(order(&two, "SO-0109").ship_to, "B ships");
    // All of theirs, by one key: what was typed gives way.
    edit(&mut two);
    assert!(one.app.notice_others().unwrap());
    edit(&mut one);
    one.fill("ship_to", "A again").fill("remarks", "A says");
    two.fill("ship_to", "B again").fill("packaging", "B packs");
    one.save();
    two.press("ctrl-s t enter");
    assert!(two.app.overlays.is_empty(), "{}", two.screen());
    let saved = order(&two, "SO-0109");
    assert_eq!(saved.ship_to, "A again");
    assert_eq!(saved.remarks, "A says");
    assert_eq!(saved.packaging, "A packs");
}

#[test]
fn cells_of_a_table_are_merged_one_by_one() {
    let (mut one, mut two) = two(Lang::Zh);
    edit(&mut one);
    edit(&mut two);
    let line = |user: &User| {
        let world = user.app.store.world().unwrap();
        let id = order(user, "SO-0109").id;
        world.order_lines.of(id).next().unwrap().clone()
    };
    let before = line(&one);
    one.fill_cell(0, "spec", "A spec").press("tab").save();
    two.fill_cell(0, "name", "改过的名字").press("tab ctrl-s");
    assert!(shows_versions(&two), "{}", two.screen());
    assert!(two.screen().contains("A spec"), "{}", two.screen());
    two.press("enter");
    assert!(two.app.overlays.is_empty(), "{}", two.screen());
    let after = line(&two);
    assert_eq!(
        (after.name.as_str(), after.spec.as_str()),
        ("改过的名字", "A spec")
    );
    assert_eq!((after.qty, after.amount), (before.qty, before.amount));
}

#[test]
fn a_form_whose_row_has_no_revision_of_its_own_is_compared_too() {
    let (mut one, mut two) = two(Lang::En);
    for user in [&mut one, &mut two] {
        user.press("6").row("EX-0103").press("e");
        assert!(user.has_form(), "{}", user.screen());
        let form = &user.app.editor().unwrap().form;
        assert_eq!(form.kind, FormKind::WorkException);
    }
    let note = {
        let form = &one.app.editor().unwrap().form;
        let note = |f: &&gendan::overlay::form::Field| {
            f.kind == gendan::overlay::form::FieldKind::Note && form.asks(f)
        };
        form.fields.iter().find(note).unwrap().key
    };
    one.fill(note, "A found this").save();
    two.fill(note, "B found that").press("ctrl-s");
    assert!(shows_versions(&two), "{}", two.screen());
    assert!(two.screen().contains("A found this"), "{}", two.screen());
    two.press("m enter");
    assert!(two.app.overlays.is_empty(), "{}", two.screen());
}

#[test]
fn a_command_made_from_older_data_is_made_again_on_the_newest() {
    let (mut one, mut two) = two(Lang::Zh);
    edit(&mut one);
    one.fill("remarks", "A says").save();
    // The second session has not looked since; its change is another row's.
    let changes = |user: &User| user.app.store.journal(None, 999).unwrap().len();
    let before = changes(&two);
    two.press("1").row("SO-0113").press("e");
    two.fill("remarks", "B says").save();
    assert_eq!(changes(&two), before + 1);
    assert_eq!(order(&two, "SO-0109").remarks, "A says");
    assert_eq!(order(&two, "SO-0113").remarks, "B says");
    let id = order(&two, "SO-0109").id;
    let seen = two.app.world.orders.get(id).unwrap();
    assert_eq!(seen.remarks, "A says", "and what was new is on the screen");
}

#[test]
fn undo_does_not_reach_what_another_session_did_unseen_and_names_it() {
    for lang in [Lang::Zh, Lang::En] {
        let (mut one, mut two) = two(lang);
        edit(&mut two);
        two.fill("remarks", "B says").save();
        one.app.notice_others().unwrap();
        edit(&mut one);
        one.fill("remarks", "A says").save();
        two.press("u");
        assert!(two.note().contains("SO-0109"), "{}", two.note());
        let refused = versions::LOOK_FIRST.text(lang);
        let start: String = refused.chars().take_while(|c| *c != '{').collect();
        assert!(two.note().starts_with(&start), "{}", two.note());
        assert_eq!(order(&two, "SO-0109").remarks, "A says");
        // After a look it is that change that is taken back.
        two.press("u");
        assert_eq!(order(&two, "SO-0109").remarks, "B says");
        // The first session undoes nothing twice.
        one.press("u");
        assert_eq!(order(&one, "SO-0109").remarks, "B says");
    }
}

#[test]
fn drafts_are_written_when_something_is_new_and_wake_nobody() {
    let (mut one, mut two) = two(Lang::Zh);
    let mut version = two.app.store.data_version().unwrap();
    let mut written = |two: &User| {
        let now = two.app.store.data_version().unwrap();
        std::mem::replace(&mut version, now) != now
    };
    edit(&mut one);
    assert!(!one.app.has_unkept());
    one.fill("ship_to", "Hamburg");
    // The fields passed on the way were left as they were.
    assert!(one.app.has_unkept());
    one.app.keep_draft();
    assert!(written(&two) && !one.app.has_unkept());
    for _ in 0..3 {
        one.app.keep_draft();
    }
    assert!(!written(&two), "an open form costs nothing");
    one.press("left right").app.keep_draft();
    assert!(!written(&two), "nor do keys that change nothing");
    one.write("!");
    one.app.keep_draft();
    assert!(written(&two));
    let kept = two.app.store.drafts().unwrap();
    assert!(kept[0].fields.contains("Hamburg!"));
    let next = two.app.next.len();
    assert!(!two.app.notice_others().unwrap(), "nothing is loaded again");
    assert_eq!(two.app.next.len(), next);
    // What is typed back to what it was is no draft any more.
    let was = order(&one, "SO-0109").ship_to;
    one.press("ctrl-u").write(&was);
    one.app.keep_draft();
    assert!(written(&two));
    assert!(two.app.store.drafts().unwrap().is_empty());
    // A table is kept cell by cell.
    one.fill_cell(0, "name", "半个").press("tab");
    assert!(two.app.store.drafts().unwrap()[0].fields.contains("半个"));
}

#[test]
fn a_draft_of_a_row_that_was_changed_since_shows_both_versions_when_it_is_saved() {
    let (mut one, mut two) = two(Lang::En);
    edit(&mut one);
    one.fill("ship_to", "typed before the end").press("tab");
    // It ends there; the other one goes on.
    edit(&mut two);
    two.fill("ship_to", "B ships").fill("packaging", "B packs");
    two.save();
    let store = Store::open(&one.path(), Access::Write, clock(MONDAY), "li").unwrap();
    let mut again = User::on(store, tempfile::tempdir().unwrap(), Lang::En);
    again.press("enter");
    assert!(again.has_form(), "{}", again.screen());
    again.press("ctrl-s");
    assert!(shows_versions(&again), "{}", again.screen());
    assert!(
        again.screen().contains("typed before"),
        "{}",
        again.screen()
    );
    again.press("m enter");
    let saved = order(&again, "SO-0109");
    assert_eq!(saved.ship_to, "typed before the end");
    assert!(again.app.store.drafts().unwrap().is_empty());
}

#[test]
fn a_long_reader_keeps_nobody_from_saving() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = Store::open(&path, Access::Write, clock(MONDAY), "li").unwrap();
    crate::store::enter(&mut store, "SO-0");
    let reader = rusqlite::Connection::open(&path).unwrap();
    reader.execute_batch("BEGIN").unwrap();
    let orders = || -> i64 {
        let sql = "SELECT count(*) FROM orders";
        reader.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(orders(), 1);
    for n in 1..=20 {
        crate::store::enter(&mut store, &format!("SO-{n}"));
        store.rest().unwrap();
    }
    assert_eq!(orders(), 1, "what was begun is read to its end");
    reader.execute_batch("COMMIT").unwrap();
    assert_eq!(orders(), 21);
}

#[test]
fn a_file_that_is_busy_is_said_in_a_sentence() {
    let busy = gendan::store::StoreError::Busy;
    let moved = gendan::store::StoreError::Moved;
    for error in [busy, moved] {
        let said = [Lang::Zh, Lang::En].map(|lang| refusal::store(&error, lang));
        assert!(said[0] != said[1] && said.iter().all(|s| s.len() > 20));
    }
}
