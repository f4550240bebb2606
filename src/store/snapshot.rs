//! Reads rows into memory: all of them, or those off the shelf; or again those tables that a change
//! touched.
//!
//! What hangs on an order or purchase line that is on the shelf stays out with it. Rows that belong
//! to none, lessons and exceptions are always read.

use rusqlite::Connection;

use super::error::{Doing, StoreError};
use super::row::{Empty, all, among};
use crate::domain::record::Record;
use crate::domain::schema::table;
use crate::domain::world::{Compiled, Rows, Scope, World};

/// Loads the file in one read transaction.
///
/// # Errors
/// Where the file cannot be read.
pub fn load(db: &Connection, scope: Scope) -> Result<World, StoreError> {
    let mut world = World {
        scope: match scope {
            scope if scope != Scope::Whole && !has_shelf(db)? => Scope::Whole,
            scope => scope,
        },
        ..World::default()
    };
    for table in crate::domain::schema::TABLES {
        reload(db, &mut world, table.name)?;
    }
    world.holds = super::past::holds(db)?;
    Ok(world)
}

/// Whether anything is on the shelf at all.
fn has_shelf(db: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM orders WHERE shelf_day > '')
                   OR EXISTS (SELECT 1 FROM purchase WHERE shelf_day > '')";
    db.query_row(sql, [], |row| row.get(0))
        .doing("Look at the shelf")
}

/// The rows that name one of `above` in `column`, or none at all; every row where the whole file is
/// wanted.
fn under<R: Record, P: Record>(
    db: &Connection,
    scope: Scope,
    column: &str,
    above: &Rows<P>,
) -> Result<Rows<R>, StoreError> {
    if scope == Scope::Whole {
        return Ok(Rows::new(all(db)?));
    }
    let optional = table(R::TABLE).and_then(|t| t.column(column));
    let empty = match optional.is_some_and(|c| c.optional) {
        true => Empty::Yes,
        false => Empty::No,
    };
    let ids = above.iter().map(Record::id);
    Ok(Rows::new(among(db, column, ids, empty)?))
}

/// The rows themselves that are off the shelf.
fn off_shelf<R: Record>(db: &Connection, scope: Scope) -> Result<Rows<R>, StoreError> {
    Ok(Rows::new(match scope {
        Scope::Whole => all(db)?,
        Scope::OffShelf => super::row::off_shelf(db, None)?,
        Scope::Since(day) => super::row::off_shelf(db, Some(day))?,
    }))
}

/// Loads again the tables that a change touched.
///
/// What went to the shelf, or came from it, takes along all that hangs on it.
///
/// # Errors
/// Where the file cannot be read.
pub fn reload_all(
    db: &Connection,
    world: &mut World,
    tables: &[&'static str],
) -> Result<(), StoreError> {
    let before = roots(world);
    tables
        .iter()
        .try_for_each(|table| reload(db, world, table))?;
    if world.scope != Scope::Whole && has_moved(&before, &roots(world)) {
        *world = load(db, world.scope)?;
    }
    Ok(())
}

/// Whether rows went, or came that were not made just now.
fn has_moved(before: &[Vec<Root>; 2], after: &[Vec<Root>; 2]) -> bool {
    before.iter().zip(after).any(|(was, is)| {
        let holds = |all: &[Root], id| all.binary_search_by_key(&id, |r| r.id).is_ok();
        // A new row has never been changed; one that comes from the shelf has.
        let came = |r: &Root| r.revision > 0 && !holds(was, r.id);
        was.iter().any(|r| !holds(is, r.id)) || is.iter().any(came)
    })
}

/// A row that goes to the shelf by itself.
struct Root {
    id: i64,
    revision: i64,
}

/// Those rows in order of id: orders, purchase lines.
fn roots(world: &World) -> [Vec<Root>; 2] {
    let root = |(id, revision)| Root { id, revision };
    let orders = world.orders.iter().map(|o| (o.id, o.revision));
    let purchases = world.purchases.iter().map(|p| (p.id, p.revision));
    [orders.map(root).collect(), purchases.map(root).collect()]
}

/// Loads one table again; unknown names are none of ours and change nothing.
///
/// # Errors
/// Where the file cannot be read.
pub fn reload(db: &Connection, world: &mut World, table: &str) -> Result<(), StoreError> {
    let scope = world.scope;
    if matches!(table, "calendar" | "calendar_day") {
        world.compiled = Compiled::default();
    }
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
        "orders" => world.orders = off_shelf(db, scope)?,
        "order_line" => world.order_lines = under(db, scope, "order_id", &world.orders)?,
        "schedule_line" => {
            world.schedule_lines = under(db, scope, "order_line_id", &world.order_lines)?
        }
        "line_size" => world.line_sizes = under(db, scope, "order_line_id", &world.order_lines)?,
        "commitment" => world.commitments = under(db, scope, "order_line_id", &world.order_lines)?,
        "amendment" => world.amendments = under(db, scope, "order_id", &world.orders)?,
        "acknowledgement" => {
            world.acknowledgements = under(db, scope, "amendment_id", &world.amendments)?
        }
        "review_point" => world.review_points = under(db, scope, "order_id", &world.orders)?,
        "review_round" => world.review_rounds = under(db, scope, "order_id", &world.orders)?,
        "answer" => world.answers = under(db, scope, "round_id", &world.review_rounds)?,
        "decision" => world.decisions = under(db, scope, "order_id", &world.orders)?,
        "document" => world.documents = under(db, scope, "order_id", &world.orders)?,
        "fact" => world.facts = under(db, scope, "order_id", &world.orders)?,
        "alias" => world.aliases = Rows::new(all(db)?),
        "query" => world.queries = under(db, scope, "order_id", &world.orders)?,
        "sample" => world.samples = under(db, scope, "order_id", &world.orders)?,
        "milestone" => world.milestones = under(db, scope, "order_id", &world.orders)?,
        "production_order" => {
            world.production_orders = under(db, scope, "order_line_id", &world.order_lines)?
        }
        "production_order_line" => {
            world.production_order_lines =
                under(db, scope, "production_order_id", &world.production_orders)?
        }
        "operation" => {
            world.operations = under(db, scope, "production_order_id", &world.production_orders)?
        }
        "plan" => world.plans = Rows::new(all(db)?),
        "plan_row" => world.plan_rows = under(db, scope, "operation_id", &world.operations)?,
        "purchase" => world.purchases = off_shelf(db, scope)?,
        "promise" => world.promises = under(db, scope, "purchase_id", &world.purchases)?,
        "receipt" => world.receipts = under(db, scope, "purchase_id", &world.purchases)?,
        "reservation" => world.reservations = Rows::new(all(db)?),
        "progress" => world.progress = under(db, scope, "operation_id", &world.operations)?,
        "inspection" => world.inspections = under(db, scope, "order_id", &world.orders)?,
        "shipment" => world.shipments = under(db, scope, "order_id", &world.orders)?,
        "shipment_line" => {
            world.shipment_lines = under(db, scope, "shipment_id", &world.shipments)?
        }
        "carton" => world.cartons = under(db, scope, "shipment_id", &world.shipments)?,
        "credit" => world.credits = under(db, scope, "order_id", &world.orders)?,
        "export_paper" => world.export_papers = under(db, scope, "shipment_id", &world.shipments)?,
        "exception" => world.exceptions = Rows::new(all(db)?),
        "exception_option" => world.exception_options = Rows::new(all(db)?),
        "exception_effect" => world.exception_effects = Rows::new(all(db)?),
        "exception_action" => world.exception_actions = Rows::new(all(db)?),
        "exception_evidence" => world.exception_evidence = Rows::new(all(db)?),
        "exception_order" => world.exception_orders = Rows::new(all(db)?),
        "lesson" => world.lessons = Rows::new(all(db)?),
        "lesson_use" => world.lesson_uses = Rows::new(all(db)?),
        "chase" => world.chases = under(db, scope, "order_id", &world.orders)?,
        "snooze" => world.snoozes = Rows::new(all(db)?),
        "handover" => world.handovers = under(db, scope, "order_id", &world.orders)?,
        "source_file" => world.source_files = Rows::new(all(db)?),
        "heading_map" => world.heading_maps = Rows::new(all(db)?),
        "setting" => world.settings = Rows::new(all(db)?),
        _ => {}
    }
    Ok(())
}
