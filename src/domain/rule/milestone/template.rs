//! Templates of milestones by product family.
//!
//! They come with the program (`assets/milestones.toml`); a family's own one, saved from an order,
//! lies in the settings and counts before it.

use serde::{Deserialize, Serialize};

use crate::domain::document::Milestone;
use crate::domain::order::Order;
use crate::domain::world::World;

/// A node of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateNode {
    pub code: String,
    pub zh: String,
    pub en: String,
    /// Code of a department.
    pub owner: String,
    #[serde(default)]
    pub before: String,
    pub days: i64,
    /// How many of the days were added for lateness at earlier orders.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub buffer: i64,
    #[serde(default)]
    pub calendar: String,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub critical: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // The shape that serde asks for.
const fn is_zero(n: &i64) -> bool {
    *n == 0
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    families: Vec<String>,
    node: Vec<TemplateNode>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    template: Vec<Template>,
}

/// A family's own template, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    node: Vec<TemplateNode>,
}

/// The setting that holds a family's own template.
#[must_use]
pub fn setting(family: &str) -> String {
    format!("milestones:{family}")
}

/// The family of an order: that of its first line's item; empty where none is known.
#[must_use]
pub fn family(world: &World, order: &Order) -> String {
    let items = world
        .order_lines
        .of(order.id)
        .filter_map(|l| world.items.find(l.item_id));
    items
        .map(|i| i.family.clone())
        .find(|f| !f.is_empty())
        .unwrap_or_default()
}

/// The template of a family: its own, the program's for it, else the general one.
#[must_use]
pub fn nodes(world: &World, family: &str) -> Vec<TemplateNode> {
    let key = setting(family);
    let own = world.settings.iter().find(|s| s.key == key);
    if let Some(own) = own.and_then(|s| toml::from_str::<Own>(&s.value).ok()) {
        return own.node;
    }
    let given = given();
    let named = given
        .iter()
        .find(|t| t.families.iter().any(|f| f == family));
    let general = given.iter().find(|t| t.families.is_empty());
    named
        .or(general)
        .map(|t| t.node.clone())
        .unwrap_or_default()
}

/// The templates that come with the program; a test reads the file, so it cannot be empty unseen.
fn given() -> Vec<Template> {
    toml::from_str::<File>(include_str!("../../../../assets/milestones.toml"))
        .map(|file| file.template)
        .unwrap_or_default()
}

/// The text of a family's own template with the nodes that an order has.
#[must_use]
pub fn text(rows: &[&Milestone]) -> String {
    let node = rows.iter().map(|m| TemplateNode {
        code: m.code.clone(),
        zh: m.name.clone(),
        en: m.name.clone(),
        owner: m.owner.code().to_owned(),
        before: m.before.clone(),
        days: m.days,
        buffer: m.buffer,
        calendar: m.calendar.clone(),
        source: m.source.clone(),
        critical: m.critical,
    });
    toml::to_string(&Own {
        node: node.collect(),
    })
    .unwrap_or_default()
}
