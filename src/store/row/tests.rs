//! Rows are read by place: fields and columns have to stand in the same order.

use proptest::prelude::*;

use super::*;
use crate::domain::document::*;
use crate::domain::exception::*;
use crate::domain::followup::*;
use crate::domain::item::*;
use crate::domain::order::*;
use crate::domain::partner::*;
use crate::domain::production::*;
use crate::domain::progress::*;
use crate::domain::purchase::*;
use crate::domain::resource::{CalendarDay, CalendarRow, CapacityBlock, Line, WorkCentre};
use crate::domain::review::*;

/// The names of a struct's fields as they are written: in its own order.
fn fields<R: Record + Default>() -> Vec<String> {
    let text = serde_json::to_string(&R::default()).unwrap();
    let pieces = text.trim_matches(['{', '}']).split(',');
    pieces
        .map(|p| p.split(':').next().unwrap().trim_matches('"').to_owned())
        .collect()
}

#[test]
fn every_struct_has_its_fields_in_the_order_of_its_columns() {
    let mut seen = 0;
    let mut check = |name: &str, fields: Vec<String>| {
        seen += 1;
        let columns: Vec<&str> = columns(table(name).unwrap()).collect();
        assert_eq!(fields, columns, "{name}");
    };
    check(Customer::TABLE, fields::<Customer>());
    check(Supplier::TABLE, fields::<Supplier>());
    check(CalendarRow::TABLE, fields::<CalendarRow>());
    check(CalendarDay::TABLE, fields::<CalendarDay>());
    check(WorkCentre::TABLE, fields::<WorkCentre>());
    check(Line::TABLE, fields::<Line>());
    check(CapacityBlock::TABLE, fields::<CapacityBlock>());
    check(Item::TABLE, fields::<Item>());
    check(BomLine::TABLE, fields::<BomLine>());
    check(RoutingStep::TABLE, fields::<RoutingStep>());
    check(Substitute::TABLE, fields::<Substitute>());
    check(UnitFactor::TABLE, fields::<UnitFactor>());
    check(Order::TABLE, fields::<Order>());
    check(OrderLine::TABLE, fields::<OrderLine>());
    check(ScheduleLine::TABLE, fields::<ScheduleLine>());
    check(LineSize::TABLE, fields::<LineSize>());
    check(Commitment::TABLE, fields::<Commitment>());
    check(Amendment::TABLE, fields::<Amendment>());
    check(Acknowledgement::TABLE, fields::<Acknowledgement>());
    check(ReviewPoint::TABLE, fields::<ReviewPoint>());
    check(ReviewRound::TABLE, fields::<ReviewRound>());
    check(Answer::TABLE, fields::<Answer>());
    check(Decision::TABLE, fields::<Decision>());
    check(Document::TABLE, fields::<Document>());
    check(Fact::TABLE, fields::<Fact>());
    check(Alias::TABLE, fields::<Alias>());
    check(Query::TABLE, fields::<Query>());
    check(Sample::TABLE, fields::<Sample>());
    check(Milestone::TABLE, fields::<Milestone>());
    check(ProductionOrder::TABLE, fields::<ProductionOrder>());
    check(ProductionOrderLine::TABLE, fields::<ProductionOrderLine>());
    check(Operation::TABLE, fields::<Operation>());
    check(Plan::TABLE, fields::<Plan>());
    check(PlanRow::TABLE, fields::<PlanRow>());
    check(Purchase::TABLE, fields::<Purchase>());
    check(Promise::TABLE, fields::<Promise>());
    check(Receipt::TABLE, fields::<Receipt>());
    check(Reservation::TABLE, fields::<Reservation>());
    check(Progress::TABLE, fields::<Progress>());
    check(Inspection::TABLE, fields::<Inspection>());
    check(Shipment::TABLE, fields::<Shipment>());
    check(ShipmentLine::TABLE, fields::<ShipmentLine>());
    check(Carton::TABLE, fields::<Carton>());
    check(ExportPaper::TABLE, fields::<ExportPaper>());
    check(Credit::TABLE, fields::<Credit>());
    check(Exception::TABLE, fields::<Exception>());
    check(ExceptionOption::TABLE, fields::<ExceptionOption>());
    check(ExceptionEffect::TABLE, fields::<ExceptionEffect>());
    check(ExceptionAction::TABLE, fields::<ExceptionAction>());
    check(ExceptionEvidence::TABLE, fields::<ExceptionEvidence>());
    check(ExceptionOrder::TABLE, fields::<ExceptionOrder>());
    check(Lesson::TABLE, fields::<Lesson>());
    check(LessonUse::TABLE, fields::<LessonUse>());
    check(Chase::TABLE, fields::<Chase>());
    check(Snooze::TABLE, fields::<Snooze>());
    check(Handover::TABLE, fields::<Handover>());
    check(SourceFile::TABLE, fields::<SourceFile>());
    check(HeadingMap::TABLE, fields::<HeadingMap>());
    check(Setting::TABLE, fields::<Setting>());
    assert_eq!(seen, crate::domain::schema::TABLES.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However they are looked for: by reading through, by spans, one by one.
    #[test]
    fn rows_among_some_are_those_of_all_that_name_one_of_them(
        parents in prop::collection::vec(prop::option::of((0..90_i64, 0..40_i64)), 0..300),
        asked in prop::collection::btree_set((0..90_i64, 0..40_i64), 0..120),
        apart in prop::sample::select(vec![1_i64, 50, 1_000]),
        empty in prop::sample::select(vec![Empty::Yes, Empty::No]),
    ) {
        let db = Connection::open_in_memory().unwrap();
        let table = table_of::<ProductionOrder>().unwrap();
        let names: Vec<&str> = columns(table).skip(1).collect();
        db.execute_batch(&format!(
            "CREATE TABLE production_order (id INTEGER PRIMARY KEY, {});
             CREATE INDEX by_line ON production_order (order_line_id);",
            names.join(", ")
        )).unwrap();
        let id = |(far, near): (i64, i64)| far * apart + near + 1;
        for (at, parent) in parents.iter().enumerate() {
            let made = ProductionOrder {
                no: at.to_string(),
                order_line_id: parent.map(id),
                ..ProductionOrder::default()
            };
            insert(&db, table, &to_fields(&made).unwrap()).unwrap();
        }
        let asked: Vec<i64> = asked.into_iter().map(id).collect();
        let found = among(&db, "order_line_id", asked.iter().copied(), empty);
        let mut found: Vec<ProductionOrder> = found.unwrap();
        found.sort_by_key(|made| made.id);
        let mut wanted = all::<ProductionOrder>(&db).unwrap();
        wanted.retain(|made| match made.order_line_id {
            Some(line) => asked.contains(&line),
            None => empty == Empty::Yes,
        });
        prop_assert_eq!(found, wanted);
    }
}

#[test]
fn spans_hold_what_is_near_and_leave_out_what_is_far() {
    assert_eq!(spans(&[]), []);
    assert_eq!(spans(&[3]), [(3, 3)]);
    assert_eq!(spans(&[1, 2, 10, 19, 20]), [(1, 10), (19, 20)]);
    assert_eq!(
        spans(&[i64::MIN, i64::MAX]),
        [(i64::MIN, i64::MIN), (i64::MAX, i64::MAX)]
    );
}
