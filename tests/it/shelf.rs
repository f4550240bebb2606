//! The shelf: what ended long ago costs the day's work nothing, is found, and comes back whole.

use chrono::NaiveDate;
use gendan::command::{self, Command, shelf::Shelve};
use gendan::domain::codes::OrderState;
use gendan::domain::rule::shelf;
use gendan::domain::world::{Scope, World};
use gendan::plan::gather;
use gendan::store::Store;
use gendan::text::Lang;
use gendan::transfer::{json, sample, sized};

use crate::command_line::{out, run, said};
use crate::support::{MONDAY, User, clock};

/// The sample factory with some orders that ended in the years before, all off the shelf.
fn grown(size: usize, live: usize) -> Store {
    let mut store = Store::memory(clock(MONDAY), "li").unwrap();
    let file = json::parse(&sample::sample(store.clock().now())).unwrap();
    json::bring(&mut store, &file, "").unwrap();
    sized::fill(&mut store, size, live, &|_| {}).unwrap();
    let world = store.world().unwrap();
    for order in world.orders.iter().filter(|o| o.shelf_day.is_some()) {
        let order_id = order.id;
        command::apply(&mut store, &world, &Command::TakeDown { order_id }).unwrap();
    }
    store
}

fn shelve(store: &mut Store, before: &str) -> World {
    let before: NaiveDate = before.parse().unwrap();
    let world = store.working().unwrap();
    command::apply(store, &world, &Command::Shelve(Shelve { before })).unwrap();
    store.working().unwrap()
}

fn export(store: &Store) -> String {
    json::export(&store.world().unwrap(), &[])
}

#[test]
fn what_rests_leaves_the_day_alone_and_comes_back_whole() {
    let mut store = grown(24, 6);
    let (all, before) = (store.world().unwrap(), export(&store));
    assert_eq!(all.scope, Scope::Whole);
    let working = shelve(&mut store, "2026-06-01");
    assert_eq!(working.scope, Scope::OffShelf);
    let gone = all.orders.len() - working.orders.len();
    assert!((17..=18).contains(&gone), "{gone}");
    for order in &working.orders {
        assert!(order.shelf_day.is_none());
        // Everything about an order that stays, stays.
        assert_eq!(
            working.order_lines.of(order.id).count(),
            all.order_lines.of(order.id).count()
        );
        for line in all.order_lines.of(order.id) {
            for made in all.production_orders.of(line.id) {
                let here = working.operations.of(made.id).map(|o| o.id);
                assert!(here.eq(all.operations.of(made.id).map(|o| o.id)));
            }
        }
    }
    assert!(working.operations.iter().all(|o| {
        working
            .production_orders
            .get(o.production_order_id)
            .is_some()
    }));
    assert!(
        working
            .progress
            .iter()
            .all(|p| working.operations.get(p.operation_id).is_some())
    );
    assert!(
        working
            .receipts
            .iter()
            .all(|r| working.purchases.get(r.purchase_id).is_some())
    );
    // What is still to be done is the same.
    let now = store.clock().now();
    let [a, b] = [&all, &working].map(|w| gather::sketch(w, now));
    assert_eq!(a.finishes, b.finishes);
    assert_eq!(a.requirements, b.requirements);
    assert_eq!(a.kits, b.kits);
    // The whole file still has everything, and one step back is as before.
    assert_eq!(store.world().unwrap().orders.len(), all.orders.len());
    store.undo().unwrap();
    assert_eq!(export(&store), before);
}

#[test]
fn what_something_open_hangs_on_stays_and_what_shares_its_work_with_it() {
    let store = grown(8, 4);
    let mut world = store.world().unwrap();
    let far: NaiveDate = "2030-01-01".parse().unwrap();
    let resting = shelf::resting(&world, far);
    let ended = |id: &i64| {
        !matches!(
            world.orders.get(*id).unwrap().state,
            OrderState::Open | OrderState::Accepted
        )
    };
    assert!(resting.orders.len() >= 4 && resting.orders.iter().all(|(id, _)| ended(id)));
    let first = resting.orders[0].0;
    // A reserved purchase line, an exception: each keeps its order.
    let exception = gendan::domain::exception::Exception {
        id: 9_000,
        order_id: Some(first),
        ..Default::default()
    };
    world.exceptions = gendan::domain::world::Rows::new(
        world
            .exceptions
            .iter()
            .cloned()
            .chain([exception])
            .collect(),
    );
    let kept = shelf::resting(&world, far);
    assert!(kept.orders.iter().all(|(id, _)| *id != first));
    assert_eq!(kept.orders.len() + 1, resting.orders.len());
    let of_first = |p: &(i64, NaiveDate)| world.purchases.get(p.0).unwrap().order_id == Some(first);
    assert!(!kept.purchases.iter().any(of_first));
}

#[test]
fn numbers_on_the_shelf_are_not_given_again() {
    let mut store = grown(6, 0);
    let highest = |world: &World| world.orders.iter().map(|o| o.no.clone()).max().unwrap();
    let before = highest(&store.world().unwrap());
    let working = shelve(&mut store, "2026-06-01");
    assert!(highest(&working) < before);
    let no = gendan::domain::rule::number::next(
        "SO-",
        working
            .orders
            .iter()
            .map(|o| o.no.as_str())
            .chain(shelf::last_numbers(&working)),
    );
    assert!(no > before, "{no} after {before}");
}

#[test]
fn an_order_on_the_shelf_is_found_while_typing_and_taken_down_with_two_keys() {
    for lang in [Lang::Zh, Lang::En] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut store =
            Store::open(&path, gendan::store::Access::Write, clock(MONDAY), "li").unwrap();
        let file = json::parse(&sample::sample(store.clock().now())).unwrap();
        json::bring(&mut store, &file, "").unwrap();
        sized::fill(&mut store, 6, 0, &|_| {}).unwrap();
        let mut user = User::on(store, folder, lang);
        assert_eq!(user.app.world.scope, Scope::OffShelf);
        user.press("ctrl-g").write("1000003");
        let screen = user.screen();
        assert!(screen.contains("SO-1000003"), "{screen}");
        assert!(
            screen.contains(if lang == Lang::Zh {
                "架上"
            } else {
                "on the shelf"
            }),
            "{screen}"
        );
        user.press("enter");
        let asked = user.screen();
        assert!(
            asked.contains("SO-1000003") && asked.contains("Enter"),
            "{asked}"
        );
        user.press("enter");
        let order = user
            .app
            .world
            .orders
            .iter()
            .find(|o| o.no == "SO-1000003")
            .unwrap();
        assert!(
            user.app.world.order_lines.of(order.id).next().is_some(),
            "it comes with its lines"
        );
        user.press("u");
        assert!(user.app.world.orders.iter().all(|o| o.no != "SO-1000003"));
    }
}

#[test]
fn the_command_line_shelves_lists_and_takes_down() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    {
        let mut store =
            Store::open(&path, gendan::store::Access::Write, clock(MONDAY), "li").unwrap();
        let file = json::parse(&sample::sample(store.clock().now())).unwrap();
        json::bring(&mut store, &file, "").unwrap();
        sized::fill(&mut store, 4, 0, &|_| {}).unwrap();
    }
    let db = path.display().to_string();
    let go = |more: &[&str]| run(folder.path(), &[&["--db", &db], more].concat());
    let back = go(&["--lang", "en", "shelve", "--back", "SO-1000001"]);
    assert!(back.status.success(), "{}", said(&back));
    let again = go(&["--lang", "zh-CN", "shelve", "--back", "SO-1000001"]);
    assert!(said(&again).contains("不在架上"), "{}", said(&again));
    let none = go(&["--lang", "en", "shelve", "--back", "X"]);
    assert!(said(&none).contains("no order"), "{}", said(&none));
    let orders = out(&go(&["list", "orders", "--format", "csv"]));
    assert!(orders.contains("SO-1000000"), "the list has all of them");
    let points = out(&go(&["list", "points", "--format", "csv"]));
    assert!(!points.contains("SO-1000000") && points.contains("SO-1000001"));
    let put = go(&["--lang", "en", "shelve"]);
    assert!(
        said(&put).contains("on the shelf"),
        "{}{}",
        said(&put),
        out(&put)
    );
    let nothing = go(&["--lang", "zh-CN", "shelve"]);
    assert!(
        nothing.status.success() && said(&nothing).contains("没有可以上架"),
        "{}",
        said(&nothing)
    );
}
