//! The rows of any table as fields, from the data in memory.

use serde_json::Value;

use super::resolve::id_in;
use crate::domain::record::Record;
use crate::domain::world::{Rows, World};
use crate::store::Fields;

/// Rows as fields, one at a time: a whole table as fields would take too much memory.
pub(super) type Stream<'a> = Box<dyn Iterator<Item = Fields> + 'a>;

fn fields<R: Record>(row: &R) -> Fields {
    match serde_json::to_value(row) {
        Ok(Value::Object(map)) => map,
        _ => Fields::new(),
    }
}

fn some<R: Record>(rows: &Rows<R>, parent: Option<i64>) -> Stream<'_> {
    match parent {
        Some(parent) => Box::new(rows.of(parent).map(fields)),
        None => Box::new(rows.iter().map(fields)),
    }
}

/// The rows of a table in the order they are written: as made, but days by date, operations by
/// sequence and order lines by number.
pub(super) fn sorted(world: &World, table: &str, parent: Option<i64>) -> Vec<Fields> {
    let mut rows: Vec<Fields> = of(world, table, parent).collect();
    match table {
        "calendar_day" => rows.sort_by_key(|row| row.get("date").map(Value::to_string)),
        "operation" | "routing_step" => rows.sort_by_key(|row| id_in(row, "seq")),
        "order_line" => rows.sort_by_key(|row| id_in(row, "no")),
        _ => {}
    }
    rows
}

/// The row of that id; of those tables that something is looked up in.
pub(super) fn one(world: &World, table: &str, id: i64) -> Option<Fields> {
    match table {
        "operation" => world.operations.get(id).map(fields),
        "shipment" => world.shipments.get(id).map(fields),
        _ => None,
    }
}

/// All rows of a table, or those of one row above, as made.
pub(super) fn of<'a>(world: &'a World, table: &str, parent: Option<i64>) -> Stream<'a> {
    match table {
        "customer" => some(&world.customers, parent),
        "supplier" => some(&world.suppliers, parent),
        "calendar" => some(&world.calendars, parent),
        "calendar_day" => some(&world.calendar_days, parent),
        "work_centre" => some(&world.work_centres, parent),
        "line" => some(&world.lines, parent),
        "capacity_block" => some(&world.capacity_blocks, parent),
        "item" => some(&world.items, parent),
        "bom_line" => some(&world.bom_lines, parent),
        "routing_step" => some(&world.routing_steps, parent),
        "substitute" => some(&world.substitutes, parent),
        "unit_factor" => some(&world.unit_factors, parent),
        "orders" => some(&world.orders, parent),
        "order_line" => some(&world.order_lines, parent),
        "schedule_line" => some(&world.schedule_lines, parent),
        "line_size" => some(&world.line_sizes, parent),
        "commitment" => some(&world.commitments, parent),
        "amendment" => some(&world.amendments, parent),
        "acknowledgement" => some(&world.acknowledgements, parent),
        "review_point" => some(&world.review_points, parent),
        "review_round" => some(&world.review_rounds, parent),
        "answer" => some(&world.answers, parent),
        "decision" => some(&world.decisions, parent),
        "document" => some(&world.documents, parent),
        "fact" => some(&world.facts, parent),
        "alias" => some(&world.aliases, parent),
        "query" => some(&world.queries, parent),
        "sample" => some(&world.samples, parent),
        "milestone" => some(&world.milestones, parent),
        "production_order" => some(&world.production_orders, parent),
        "production_order_line" => some(&world.production_order_lines, parent),
        "operation" => some(&world.operations, parent),
        "plan" => some(&world.plans, parent),
        "plan_row" => some(&world.plan_rows, parent),
        "purchase" => some(&world.purchases, parent),
        "promise" => some(&world.promises, parent),
        "receipt" => some(&world.receipts, parent),
        "reservation" => some(&world.reservations, parent),
        "progress" => some(&world.progress, parent),
        "inspection" => some(&world.inspections, parent),
        "shipment" => some(&world.shipments, parent),
        "shipment_line" => some(&world.shipment_lines, parent),
        "carton" => some(&world.cartons, parent),
        "credit" => some(&world.credits, parent),
        "export_paper" => some(&world.export_papers, parent),
        "exception" => some(&world.exceptions, parent),
        "exception_option" => some(&world.exception_options, parent),
        "exception_effect" => some(&world.exception_effects, parent),
        "exception_action" => some(&world.exception_actions, parent),
        "exception_evidence" => some(&world.exception_evidence, parent),
        "exception_order" => some(&world.exception_orders, parent),
        "lesson" => some(&world.lessons, parent),
        "lesson_use" => some(&world.lesson_uses, parent),
        "chase" => some(&world.chases, parent),
        "snooze" => some(&world.snoozes, parent),
        "handover" => some(&world.handovers, parent),
        "source_file" => some(&world.source_files, parent),
        "heading_map" => some(&world.heading_maps, parent),
        "setting" => some(&world.settings, parent),
        _ => Box::new(std::iter::empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::partner::Customer;

    #[test]
    fn every_table_is_known() {
        let world = World {
            customers: Rows::new(vec![Customer {
                id: 7,
                ..Customer::default()
            }]),
            ..World::default()
        };
        assert_eq!(
            id_in(&of(&world, "customer", None).next().unwrap(), "id"),
            Some(7)
        );
        let source = include_str!("rows.rs");
        for table in crate::domain::schema::TABLES {
            let arm = format!("\"{}\" => some(", table.name);
            assert!(source.contains(&arm), "{}", table.name);
        }
    }
}
