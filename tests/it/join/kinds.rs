//! What a sheet is taken for, and what its rows say.

use super::*;
use gendan::transfer::draft::Fault;

#[test]
fn the_columns_tell_what_a_sheet_is_in_any_of_the_languages() {
    let mut wrong = Vec::new();
    for (kind, text) in [
        (
            Kind::Promises,
            "采购单号,料号,采购数量,回复交期\nP1,A,5,2026-12-01\n",
        ),
        (
            Kind::Promises,
            "採購單號,料號,採購數量,回覆交期\nP1,A,5,2026-12-01\n",
        ),
        (
            Kind::Promises,
            "PO No.,Item,Order Qty,Confirmed Date\nP1,A,5,2026-12-01\n",
        ),
        (
            Kind::Receipts,
            "采购单号,料号,实收数量,拒收,到货日期\nP1,A,5,1,2026-11-20\n",
        ),
        (
            Kind::Receipts,
            "採購單號,料號,實收數量,拒收,到貨日期\nP1,A,5,1,2026-11-20\n",
        ),
        (
            Kind::Receipts,
            "Purchase Order,Part No,Received Qty,Rejected,Receipt date\nP1,A,5,1,2026-11-20\n",
        ),
        (
            Kind::Receipts,
            "单号,料号,数量,到货日期,送货单号\nP1,A,5,2026-11-20,D1\n",
        ),
        (
            Kind::Stock,
            "料号,名称,现有库存,冻结/待检,安全库存\nA,x,5,1,2\n",
        ),
        (Kind::Stock, "料號,名稱,現有庫存,凍結/待檢\nA,x,5,1\n"),
        (
            Kind::Stock,
            "Item code,Description,On hand,On hold\nA,x,5,1\n",
        ),
        (Kind::Orders, "订单号,货号,数量,交期\nP1,A,5,2026-12-20\n"),
        (
            Kind::Orders,
            "PO No.,Buyer,Item,Qty,ETA\nP1,N,A,5,2026-12-20\n",
        ),
        // Columns that wait for the supplier to fill them in are no promise.
        (
            Kind::Orders,
            "采购单号,货号,数量,交期,回复交期\nP1,A,5,2026-12-20,\n",
        ),
    ] {
        let read = read("a.csv", text, Desk::Intake, None);
        if read.kind != kind || !read.errors.is_empty() {
            wrong.push((kind, read.kind, text, read.errors));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let open = "采购单号,料号,数量,交期\nP1,A,5,2026-12-20\n";
    assert_eq!(
        read("a.csv", open, Desk::Materials, None).kind,
        Kind::Promises
    );
    let placed = "采购单号,料号,采购数量,供应商\nP1,A,5,S1\n";
    assert_eq!(
        read("a.csv", placed, Desk::Materials, None).kind,
        Kind::Purchases
    );
    let stated = read("a.csv", open, Desk::Intake, Some(Kind::Purchases));
    assert_eq!(
        (stated.kind, stated.rows[0].ordered),
        (Kind::Purchases, Some(Qty::whole(5)))
    );
    let unfit = read("a.csv", open, Desk::Intake, Some(Kind::Stock));
    assert_eq!(unfit.rows.len(), 1, "a quantity of an item may be a count");
    let unfit = read("a.csv", "甲,乙\n1,2\n", Desk::Materials, None);
    assert!(matches!(
        &unfit.errors[0].fault,
        Fault::NoColumns { kind: None, .. }
    ));
}

#[test]
fn rows_keep_their_keys_units_and_the_difference_between_nothing_and_no_date() {
    let text = "送货汇总,,,,,\n采购单号,料号,到货数量,拒收,到货日期,送货单号\n\
                PO-1,A,\"1,000米\",20,11月20日,D-1\n,B,５０ m,,2026-11-21,D-2\n小计,,1050,,,\n\
                PO-2,A,-,,,\nPO-2,B,3,5,2026-11-20,D-3\n仓管：王,,,,,\n";
    let read = read("a.csv", text, Desk::Materials, None);
    let said: Vec<_> = read
        .rows
        .iter()
        .map(|r| {
            let at = r.received_on.map(|d| d.to_string()).unwrap_or_default();
            format!(
                "{} {} {}+{} {} {at} {}",
                r.purchase_no, r.item, r.accepted, r.rejected, r.unit, r.place.row
            )
        })
        .collect();
    assert_eq!(
        said[..2],
        [
            "PO-1 A 980+20 米 2026-11-20 3",
            "PO-1 B 50+0 m 2026-11-21 4"
        ]
    );
    let wrong: Vec<_> = read.errors.iter().map(|e| e.place.text()).collect();
    assert_eq!(wrong, ["a.csv C7"], "more rejected than arrived");
    assert_eq!(
        read.skipped.len(),
        3,
        "a total, a row in which nothing came, a signature"
    );
    let text = "PO No.,Item,Confirmed Date,Confirmed Qty\nP1,A,TBD,\nP2,A,5/12/2026,3\nP3,A,13.12.2026,x\n";
    let read = super::read("a.csv", text, Desk::Materials, None);
    assert_eq!(
        (read.rows[0].promised, read.rows[0].promised_qty),
        (None, None)
    );
    let wrong: Vec<_> = read.errors.iter().map(|e| e.place.text()).collect();
    assert_eq!(wrong, ["a.csv C3", "a.csv D4"]);
}
