//! From the headings of other people's order sheets to our fields.
//!
//! Synonyms in simplified, traditional and English; compared without blanks, signs, width and
//! case. A unit in brackets belongs to the column, not to its name.

use crate::text::datein::fold_width;

use super::sheet::{Cell, Sheet};

/// Rows from the top in which a heading row is looked for.
const HEADING_ROWS_MAX: usize = 30;

/// What a column of an order sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    OrderNo,
    CustomerPo,
    Customer,
    OrderDate,
    Item,
    Name,
    Spec,
    Colour,
    Size,
    Qty,
    Unit,
    UnitPrice,
    Amount,
    Currency,
    RequestedDate,
    PaymentTerms,
    PriceTerms,
    DeliveryMethod,
    ShipTo,
    Packaging,
    JobNo,
    Note,
    OrderNote,
    LineNo,
}

impl Field {
    /// All fields with the name a mapping file uses and the headings that mean them.
    pub const TABLE: &'static [(Self, &'static str, &'static [&'static str])] = &[
        (
            Self::OrderNo,
            "order_no",
            &[
                "订单号",
                "订单编号",
                "订单号码",
                "单号",
                "采购单号",
                "项目号",
                "生产单号",
                "合同号",
                "销售信息",
                "orderno",
                "ordernumber",
                "order",
                "orderid",
                "salesorder",
                "sono",
            ],
        ),
        (
            Self::CustomerPo,
            "customer_po",
            &[
                "客户单号",
                "客户订单号",
                "客户po",
                "po",
                "pono",
                "ponumber",
                "purchaseorder",
                "purchaseorderno",
                "customerpo",
            ],
        ),
        (
            Self::Customer,
            "customer",
            &[
                "客户",
                "客户名称",
                "买方",
                "customer",
                "customername",
                "buyer",
                "client",
                "account",
            ],
        ),
        (
            Self::OrderDate,
            "order_date",
            &[
                "下单日期",
                "订单日期",
                "销售日期",
                "采购日期",
                "orderdate",
                "podate",
                "date",
                "日期",
            ],
        ),
        (
            Self::Item,
            "item",
            &[
                "货号",
                "款号",
                "料号",
                "物料件号",
                "物料编码",
                "产品代号",
                "产品编码",
                "产品型号",
                "型号",
                "编码",
                "item",
                "itemno",
                "itemcode",
                "style",
                "styleno",
                "article",
                "articleno",
                "sku",
                "partno",
                "partnumber",
                "model",
            ],
        ),
        (
            Self::Name,
            "name",
            &[
                "品名",
                "产品名称",
                "物料名称",
                "名称",
                "品名规格",
                "品牌",
                "description",
                "productname",
                "product",
                "name",
                "goods",
                "itemname",
                "itemdescription",
                "descriptionofgoods",
            ],
        ),
        (
            Self::Spec,
            "spec",
            &[
                "规格",
                "规格型号",
                "参数规格",
                "成分",
                "spec",
                "specification",
                "composition",
            ],
        ),
        (
            Self::Colour,
            "colour",
            &[
                "颜色",
                "色号",
                "颜色色号",
                "colour",
                "color",
                "colourcode",
                "colorcode",
            ],
        ),
        (Self::Size, "size", &["尺码", "size"]),
        (
            Self::Qty,
            "qty",
            &[
                "数量",
                "订单数量",
                "订单量",
                "销售数量",
                "采购数量",
                "核算数量",
                "订购数量",
                "件数",
                "qty",
                "quantity",
                "orderqty",
                "orderquantity",
                "poqty",
                "pcs",
                "qtypcs",
                "orderedqty",
            ],
        ),
        (
            Self::Unit,
            "unit",
            &["单位", "核算单位", "计量单位", "unit", "uom", "um"],
        ),
        (
            Self::UnitPrice,
            "unit_price",
            &["单价", "售价", "含税单价", "unitprice", "price", "fobprice"],
        ),
        (
            Self::Amount,
            "amount",
            &[
                "金额",
                "总价",
                "销售额",
                "合计金额",
                "amount",
                "totalamount",
                "linetotal",
                "value",
            ],
        ),
        (
            Self::Currency,
            "currency",
            &["币种", "币别", "currency", "curr"],
        ),
        (
            Self::RequestedDate,
            "requested_date",
            &[
                "要求交期",
                "交期",
                "交货日期",
                "交货期",
                "发货时间",
                "截止时间",
                "订单交期",
                "出货日期",
                "交货时间",
                "duedate",
                "due",
                "deliverydate",
                "requesteddate",
                "shipdate",
                "exfactory",
                "exfactorydate",
                "shipmentdate",
                "etd",
                "needby",
                "requireddate",
                "crd",
            ],
        ),
        (
            Self::PaymentTerms,
            "payment_terms",
            &["付款方式", "付款条件", "paymentterms", "payment", "terms"],
        ),
        (
            Self::PriceTerms,
            "price_terms",
            &[
                "单价条款",
                "价格条款",
                "贸易条款",
                "priceterms",
                "incoterms",
                "tradeterms",
            ],
        ),
        (
            Self::DeliveryMethod,
            "delivery_method",
            &[
                "交货方式",
                "运输方式",
                "shipvia",
                "shipmode",
                "deliverymethod",
                "shipmentmode",
            ],
        ),
        (
            Self::ShipTo,
            "ship_to",
            &[
                "交货地点",
                "送货地址",
                "收货地址",
                "shipto",
                "deliveryaddress",
                "destination",
            ],
        ),
        (
            Self::Packaging,
            "packaging",
            &["包装", "包装方式", "packing", "packaging"],
        ),
        (
            Self::JobNo,
            "job_no",
            &["生产编号", "工单号", "jobno", "job", "workorder"],
        ),
        (
            Self::Note,
            "note",
            &[
                "备注", "说明", "remark", "remarks", "note", "notes", "comment", "comments",
            ],
        ),
        (
            Self::OrderNote,
            "order_note",
            &["订单备注", "ordernote", "orderremark"],
        ),
        (
            Self::LineNo,
            "line_no",
            &["行号", "序号", "项次", "line", "lineno", "no", "#", "seq"],
        ),
    ];

    /// The field of a name in a mapping file.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::TABLE
            .iter()
            .find(|(_, n, _)| *n == name)
            .map(|(field, _, _)| *field)
    }

    /// The name in a mapping file.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::TABLE
            .iter()
            .find(|(field, _, _)| *field == self)
            .map_or("", |(_, name, _)| name)
    }
}

/// Headings that the user has said the meaning of.
pub type Mapping = std::collections::BTreeMap<String, Field>;

/// A heading without brackets, signs, blanks, width and case; and the unit in its brackets.
#[must_use]
pub fn fold(heading: &str) -> (String, String) {
    let text: String = fold_width(heading)
        .to_lowercase()
        .chars()
        .map(simplified)
        .collect();
    let (name, rest) = text.split_once('(').unwrap_or((&text, ""));
    let unit = rest.split(')').next().unwrap_or_default().trim().to_owned();
    let keep = |c: &char| c.is_alphanumeric() || *c == '#';
    let name: String = name.chars().filter(keep).collect();
    // A long remark in brackets is no unit.
    (
        name,
        if unit.chars().count() <= 6 {
            unit
        } else {
            String::new()
        },
    )
}

/// The simplified form of the traditional characters that headings use.
fn simplified(c: char) -> char {
    const PAIRS: &str = "單单號号訂订數数貨货顏颜規规碼码條条備备註注價价額额幣币種种採采購购買买稱称發发時时間间運运輸输說说產产戶户裝装總总計计編编項项質质別别顧顾";
    let mut chars = PAIRS.chars();
    while let (Some(traditional), Some(simple)) = (chars.next(), chars.next()) {
        if traditional == c {
            return simple;
        }
    }
    c
}

/// The field that a heading means.
#[must_use]
pub fn field_of(heading: &str, mapping: &Mapping) -> Option<Field> {
    if let Some(field) = mapping.get(heading.trim()) {
        return Some(*field);
    }
    let (name, _) = fold(heading);
    Field::TABLE
        .iter()
        .find(|(_, _, words)| words.contains(&name.as_str()))
        .map(|(field, _, _)| *field)
}

/// A size as a heading of its own: `S`, `XL`, `38`, `均码`.
#[must_use]
pub fn is_size(heading: &str) -> bool {
    let text = fold_width(heading).trim().to_uppercase();
    let letters = [
        "XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "2XL", "3XL", "4XL", "5XL", "均码",
        "均碼", "FREE",
    ];
    letters.contains(&text.as_str()) || text.parse::<u32>().is_ok_and(|n| (20..=64).contains(&n))
}

/// The heading row of a sheet and what its columns mean.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Headings {
    /// Place of the first row of data in the sheet's rows.
    pub data: usize,
    /// Column and field; each field once, the first column that means it, but for the specification.
    pub fields: Vec<(usize, Field)>,
    /// Columns that are sizes.
    pub sizes: Vec<(usize, String)>,
    /// Unit in the heading of the quantity.
    pub unit: String,
    /// Headings that mean nothing to us.
    pub unknown: Vec<String>,
}

impl Headings {
    /// The column of a field.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.fields
            .iter()
            .find(|(_, f)| *f == field)
            .map(|(column, _)| *column)
    }
}

/// Finds the heading row: the one near the top in which most columns mean something.
///
/// A sheet of orders has a quantity (or sizes) and says what is ordered; anything else is none.
#[must_use]
pub fn find(sheet: &Sheet, mapping: &Mapping) -> Option<Headings> {
    let score = |row: &[Cell]| {
        row.iter()
            .filter(|c| field_of(&c.text(), mapping).is_some())
            .count()
    };
    let rows = sheet.rows.iter().take(HEADING_ROWS_MAX).enumerate();
    let (at, row) = rows.max_by_key(|(at, row)| (score(row), std::cmp::Reverse(*at)))?;
    let mut found = Headings {
        data: at + 1,
        ..Headings::default()
    };
    read_row(&mut found, row, mapping);
    // A second heading row under merged cells names what the first leaves open.
    if let Some(below) = sheet.rows.get(at + 1)
        && is_second_row(below, mapping)
    {
        found.data += 1;
        split_by_size(&mut found, below);
        read_row(&mut found, below, mapping);
    }
    let what = [Field::Item, Field::Name, Field::Spec]
        .iter()
        .any(|f| found.column(*f).is_some());
    let many = found.column(Field::Qty).is_some() || !found.sizes.is_empty();
    (what && many).then_some(found)
}

/// Whether a row under the headings names columns too: two or more, and nothing but names and sizes.
fn is_second_row(row: &[Cell], mapping: &Mapping) -> bool {
    let names = |c: &&Cell| field_of(&c.text(), mapping).is_some();
    let filled = || row.iter().filter(|c| !c.is_blank());
    let fields = filled().filter(names).count();
    let sizes = filled().filter(|c| is_size(&c.text())).count();
    let plain = !filled().any(|c| matches!(c, Cell::Number(_) | Cell::Date(_)));
    (fields > 1 && plain) || (sizes > 1 && fields + sizes == filled().count())
}

/// One heading of the quantity over several sizes means the sizes.
fn split_by_size(found: &mut Headings, below: &[Cell]) {
    let size = |column: usize| below.get(column).is_some_and(|c| is_size(&c.text()));
    found
        .fields
        .retain(|(column, field)| *field != Field::Qty || !size(*column));
}

fn read_row(found: &mut Headings, row: &[Cell], mapping: &Mapping) {
    for (column, cell) in row.iter().enumerate() {
        let heading = cell.text();
        if heading.is_empty() || found.fields.iter().any(|(c, _)| *c == column) {
            continue;
        }
        match field_of(&heading, mapping) {
            // A specification may be spread over columns; anything else counts once.
            Some(field) if found.column(field).is_none() || field == Field::Spec => {
                if field == Field::Qty {
                    found.unit = fold(&heading).1;
                }
                found.fields.push((column, field));
            }
            None if is_size(&heading) => found.sizes.push((column, heading)),
            _ => found.unknown.push(heading),
        }
    }
}
