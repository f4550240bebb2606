//! What the columns of sheets hold, and the headings of order sheets.

/// A field with the name that a mapping file uses and the headings that mean it.
pub type Entry = (Field, &'static str, &'static [&'static str]);

/// What a column holds.
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
    /// Of purchases, promises, receipts and stock.
    PurchaseNo,
    Supplier,
    OrderedOn,
    RequiredDate,
    /// The quantity ordered, where it stands beside another.
    Ordered,
    PromisedDate,
    PromisedQty,
    SaidOn,
    SaidBy,
    ReceivedOn,
    /// Everything that came, good or not.
    Arrived,
    Accepted,
    Rejected,
    /// Waiting for inspection, or frozen.
    Held,
    Document,
    OnHand,
    /// Of production reports.
    ProductionNo,
    Operation,
    Shift,
    /// Everything that was made, good or not.
    Output,
    Good,
    Defect,
    Rework,
    Scrap,
}

impl Field {
    /// The fields of an order sheet.
    pub const TABLE: &'static [Entry] = &[
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
        Self::all().find(|(_, n, _)| *n == name).map(|(f, _, _)| *f)
    }

    /// The name in a mapping file.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::all()
            .find(|(f, _, _)| *f == self)
            .map_or("", |(_, n, _)| n)
    }

    /// The entries of all kinds of sheets; a field that several have comes more than once.
    pub fn all() -> impl Iterator<Item = &'static Entry> {
        let others = super::materials::TABLE.iter().chain(super::progress::TABLE);
        Self::TABLE.iter().chain(others)
    }
}
