//! Made-up data of every table, with every reference and odd text: all of it makes the round.

use proptest::prelude::*;

use gendan::domain::schema::{Column, Kind, TABLES, Table, table};
use gendan::store::{Deed, Fields, Store, StoreError, Tx};
use gendan::text::Did;
use gendan::transfer::json::shape::ORDER;
use serde_json::Value;

use super::{export, round, store};

/// A small generator, so that a seed alone makes the data.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.roll(from.len() as u64)).unwrap()]
    }

    fn text(&mut self) -> String {
        let parts = [
            "A", "1", "/", "衬衫", "\"", "\\", " ", "\n", "\u{1f}", "é", "😀", "\u{202e}", "null",
            "{",
        ];
        let many = self.roll(4);
        (0..many).map(|_| self.pick(&parts)).collect()
    }

    fn number(&mut self, table: &Table, column: &Column) -> i64 {
        let share = [
            "over_pct",
            "under_pct",
            "wastage",
            "assembly_wastage",
            "tolerance",
            "share",
        ];
        let most = match column.kind {
            Kind::Whole => 30,
            _ if share.contains(&column.name) => 1_000_000,
            _ => 1_000_000_000_000_000,
        };
        let value = i64::try_from(self.roll(most)).unwrap();
        match (table.name, column.name) {
            ("exception_option", "cost") if self.roll(2) == 0 => -value,
            _ => value + 1,
        }
    }

    fn value(&mut self, tx: &Tx<'_>, table: &Table, column: &Column) -> Value {
        if column.optional && self.roll(3) == 0 {
            return Value::Null;
        }
        let day =
            |dice: &mut Self| format!("2026-{:02}-{:02}", dice.roll(12) + 1, dice.roll(28) + 1);
        match column.kind {
            Kind::Text if ["mon", "tue", "sat", "shifts"].contains(&column.name) => {
                Value::from(self.pick(&[
                    "",
                    "08:00-12:00",
                    "00:00-24:00",
                    "08:00-12:00 13:30-17:30",
                ]))
            }
            Kind::Text if ["wed", "thu", "fri", "sun"].contains(&column.name) => Value::from(""),
            Kind::Text if ["code", "no", "hash", "key"].contains(&column.name) => {
                Value::from(format!("{}{}", self.pick(&["K", "单", "/"]), self.text()))
            }
            Kind::Text => Value::from(self.text()),
            Kind::Whole if column.name == "subject_id" => Value::from(self.roll(5)),
            Kind::Whole | Kind::Amount => Value::from(self.number(table, column)),
            Kind::Flag => Value::from(self.roll(2)),
            Kind::Date => Value::from(day(self)),
            Kind::Moment if column.name == "ends" => Value::from("2027-01-31T17:30"),
            Kind::Moment => Value::from(format!("{}T08:{:02}", day(self), self.roll(60))),
            Kind::Code(codes) => Value::from(self.pick(codes)),
            Kind::Ref(target) => {
                let rows = tx.rows(self::table(target).unwrap()).unwrap();
                match rows.len() {
                    0 => Value::Null,
                    _ => rows[usize::try_from(self.roll(rows.len() as u64)).unwrap()]["id"].clone(),
                }
            }
        }
    }

    /// Puts up to four rows in each table; those that the file refuses are left out.
    fn fill(&mut self, store: &mut Store) {
        let deed = Deed::new(Did::DataImported, &["\"x\""]).about("SO/1");
        let done = store.write::<_, StoreError>(&deed, |tx| {
            for table in ORDER.iter().map(|name| table(name).unwrap()) {
                for _ in 0..self.roll(5) {
                    let mut fields = Fields::from_iter([
                        ("id".to_owned(), Value::from(0)),
                        ("revision".to_owned(), Value::from(0)),
                    ]);
                    for column in table.columns {
                        fields.insert(column.name.to_owned(), self.value(tx, table, column));
                    }
                    match tx.insert_fields(table, &fields) {
                        Err(StoreError::Constraint(_)) => {}
                        done => drop(done?),
                    }
                }
            }
            Ok(())
        });
        done.unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn made_up_data_of_every_table_make_the_round(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let mut store = store();
        dice.fill(&mut store);
        store.undo().unwrap();
        dice.fill(&mut store);
        dice.fill(&mut store);
        let (text, mut store) = round(&store);
        // The same file again changes nothing, and says so.
        let file = gendan::transfer::json::parse(&text).unwrap();
        let (summary, change) = gendan::transfer::json::bring(&mut store, &file, "again").unwrap();
        prop_assert_eq!((summary.total().new, summary.total().changed, change.id), (0, 0, 0));
        prop_assert_eq!(export(&store), text);
    }
}

#[test]
fn the_made_up_data_reach_every_table() {
    let (mut dice, mut store) = (Dice(7), store());
    for _ in 0..4 {
        dice.fill(&mut store);
    }
    let text = export(&store);
    let file = gendan::transfer::json::parse(&text).unwrap();
    for table in TABLES {
        assert!(file.len_of(table.name) > 0, "{}", table.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_damaged_file_is_taken_whole_or_leaves_nothing(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let mut chars: Vec<char> = super::DOCUMENTED.chars().collect();
        for _ in 0..=dice.roll(3) {
            let at = usize::try_from(dice.roll(chars.len() as u64)).unwrap();
            match dice.roll(3) {
                0 => drop(chars.remove(at)),
                1 => chars.insert(at, dice.pick(&['"', '{', ']', ',', '9', 'x', '\u{0}', '-', 'e', '长'])),
                _ => chars.truncate(at),
            }
        }
        let mut store = store();
        let before = export(&store);
        let text: String = chars.into_iter().collect();
        match gendan::transfer::json::parse(&text) {
            Err(errors) => prop_assert!(!errors.is_empty()),
            Ok(file) => if gendan::transfer::json::bring(&mut store, &file, "x").is_err() {
                prop_assert_eq!(export(&store), before);
            } else {
                round(&store);
            }
        }
    }
}
