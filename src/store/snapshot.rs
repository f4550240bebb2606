//! Reads all rows into memory, or again those tables that a change touched.

use rusqlite::Connection;

use super::error::StoreError;
use super::row::all;
use crate::domain::world::{Rows, World};

/// Loads the whole file in one read transaction.
///
/// # Errors
/// Where the file cannot be read.
pub fn load(db: &Connection) -> Result<World, StoreError> {
    let mut world = World::default();
    let tables = crate::domain::schema::TABLES;
    for table in tables {
        reload(db, &mut world, table.name)?;
    }
    world.holds = super::past::holds(db)?;
    Ok(world)
}

/// Loads one table again; unknown names are none of ours and change nothing.
///
/// # Errors
/// Where the file cannot be read.
pub fn reload(db: &Connection, world: &mut World, table: &str) -> Result<(), StoreError> {
    match table {
        "customer" => world.customers = Rows::new(all(db)?),
        "supplier" => world.suppliers = Rows::new(all(db)?),
        "calendar" => world.calendars = Rows::new(all(db)?),
        "calendar_day" => world.calendar_days = Rows::new(all(db)?),
        "work_centre" => world.work_centres = Rows::new(all(db)?),
        "line" => world.lines = Rows::new(all(db)?),
        "capacity_block" => world.capacity_blocks = Rows::new(all(db)?),
        "item" => world.items = Rows::new(all(db)?),
        "bom_line" => world.bom_lines = Rows::new(all(db)?),
        "routing_step" => world.routing_steps = Rows::new(all(db)?),
        "substitute" => world.substitutes = Rows::new(all(db)?),
        "unit_factor" => world.unit_factors = Rows::new(all(db)?),
        "orders" => world.orders = Rows::new(all(db)?),
        "order_line" => world.order_lines = Rows::new(all(db)?),
        "schedule_line" => world.schedule_lines = Rows::new(all(db)?),
        "line_size" => world.line_sizes = Rows::new(all(db)?),
        "commitment" => world.commitments = Rows::new(all(db)?),
        "amendment" => world.amendments = Rows::new(all(db)?),
        "acknowledgement" => world.acknowledgements = Rows::new(all(db)?),
        "review_point" => world.review_points = Rows::new(all(db)?),
        "review_round" => world.review_rounds = Rows::new(all(db)?),
        "answer" => world.answers = Rows::new(all(db)?),
        "decision" => world.decisions = Rows::new(all(db)?),
        "document" => world.documents = Rows::new(all(db)?),
        "fact" => world.facts = Rows::new(all(db)?),
        "alias" => world.aliases = Rows::new(all(db)?),
        "query" => world.queries = Rows::new(all(db)?),
        "sample" => world.samples = Rows::new(all(db)?),
        "milestone" => world.milestones = Rows::new(all(db)?),
        "production_order" => world.production_orders = Rows::new(all(db)?),
        "production_order_line" => world.production_order_lines = Rows::new(all(db)?),
        "operation" => world.operations = Rows::new(all(db)?),
        "plan" => world.plans = Rows::new(all(db)?),
        "plan_row" => world.plan_rows = Rows::new(all(db)?),
        "purchase" => world.purchases = Rows::new(all(db)?),
        "promise" => world.promises = Rows::new(all(db)?),
        "receipt" => world.receipts = Rows::new(all(db)?),
        "reservation" => world.reservations = Rows::new(all(db)?),
        "progress" => world.progress = Rows::new(all(db)?),
        "inspection" => world.inspections = Rows::new(all(db)?),
        "shipment" => world.shipments = Rows::new(all(db)?),
        "shipment_line" => world.shipment_lines = Rows::new(all(db)?),
        "carton" => world.cartons = Rows::new(all(db)?),
        "credit" => world.credits = Rows::new(all(db)?),
        "export_paper" => world.export_papers = Rows::new(all(db)?),
        "exception" => world.exceptions = Rows::new(all(db)?),
        "exception_option" => world.exception_options = Rows::new(all(db)?),
        "exception_effect" => world.exception_effects = Rows::new(all(db)?),
        "exception_action" => world.exception_actions = Rows::new(all(db)?),
        "exception_evidence" => world.exception_evidence = Rows::new(all(db)?),
        "exception_order" => world.exception_orders = Rows::new(all(db)?),
        "lesson" => world.lessons = Rows::new(all(db)?),
        "lesson_use" => world.lesson_uses = Rows::new(all(db)?),
        "chase" => world.chases = Rows::new(all(db)?),
        "snooze" => world.snoozes = Rows::new(all(db)?),
        "handover" => world.handovers = Rows::new(all(db)?),
        "source_file" => world.source_files = Rows::new(all(db)?),
        "heading_map" => world.heading_maps = Rows::new(all(db)?),
        "setting" => world.settings = Rows::new(all(db)?),
        _ => {}
    }
    Ok(())
}
