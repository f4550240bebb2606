//! Requirements and kits as panels show them.

use super::*;

pub(super) fn requirements(world: &World, explosion: &Explosion) -> Vec<Requirement> {
    let row = |r: &explode::Row| Requirement {
        item_id: r.item,
        need_date: r.need_date,
        gross: r.gross,
        from_stock: r.from_stock + r.from_substitute,
        from_on_order: r.from_on_order + r.from_surplus,
        net: r.net,
        make: matches!(r.source, explode::Source::Make | explode::Source::Phantom),
        qty_planned: r.qty_planned,
        release_date: r.release_date.unwrap_or(r.need_date),
        rule: rule(&r.rules),
        pegs: r.pegs.iter().map(|p| peg(world, p)).collect(),
    };
    explosion.rows.iter().map(row).collect()
}

/// Where the rows of each item begin, and how many there are; they stand together.
pub(super) fn by_item(explosion: &Explosion) -> BTreeMap<i64, (usize, usize)> {
    let mut places: BTreeMap<i64, (usize, usize)> = BTreeMap::new();
    for (at, row) in explosion.rows.iter().enumerate() {
        places.entry(row.item).or_insert((at, 0)).1 += 1;
    }
    places
}

/// The lot rules that acted, by their codes.
fn rule(rules: &[explode::LotRule]) -> String {
    if rules.is_empty() {
        return "lot-for-lot".to_owned();
    }
    let code = |r: &explode::LotRule| match r {
        explode::LotRule::Grouped => "grouped",
        explode::LotRule::UnitStep => "unit-step",
        explode::LotRule::Moq => "moq",
        explode::LotRule::Multiple => "multiple",
        explode::LotRule::MaxLot => "max-lot",
        explode::LotRule::Phantom => "phantom",
        explode::LotRule::CustomerSupplied => "customer-supplied",
    };
    rules.iter().map(code).collect::<Vec<_>>().join("+")
}

fn peg(world: &World, peg: &explode::Peg) -> Peg {
    let line = match peg.to {
        explode::For::Need(id) => world.order_lines.get(id),
        _ => None,
    };
    Peg {
        order_id: line.map(|l| l.order_id),
        line_no: line.map_or(0, |l| l.no),
        qty: peg.qty,
    }
}

/// The kit of each live production order, from what was allotted to it.
pub(super) fn kits(lines: &[KitLine]) -> BTreeMap<i64, Kit> {
    let part = |c: &kit::KitComponent| KitPart {
        item_id: c.item,
        operation: c.operation,
        need: (c.needed - c.issued).floor_zero(),
        covered: c.allocated,
        coming: c.coming.clone(),
        uncovered: c.uncovered,
        sets: c.sets,
        ready: c.ready,
    };
    let one = |line: &KitLine| {
        let count = |n: usize| Rate::whole(i64::try_from(n).unwrap_or(0));
        let rate = if line.items == 0 {
            Rate::ONE
        } else {
            count(line.items_complete).over(count(line.items))
        };
        let kit = Kit {
            needed_sets: line.needed_sets,
            buildable_sets: line.buildable_sets,
            item_rate: rate,
            ready: line.ready,
            possible: line.possible,
            blocking: line.blocking.clone(),
            operations: line.operations.clone(),
            steps: line.steps.clone(),
            gains: line.gains.clone(),
            // A part that is built in already has nothing more to say.
            parts: line
                .components
                .iter()
                .map(part)
                .filter(|p| p.need.is_positive())
                .collect(),
        };
        (line.production, kit)
    };
    lines.iter().map(one).collect()
}
