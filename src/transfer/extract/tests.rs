use super::rules::{CODE, DATE, HAN_QTY, MONEY, QTY};
use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// `field value` of the order, then `n field value` of its lines, in the order found.
fn said(text: &str) -> Vec<String> {
    let found = find(text, today(), &["ST-1001", "BK-5001"]);
    for f in &found {
        assert_eq!(&text[f.at.clone()], f.words, "the words stand in the text");
    }
    found
        .iter()
        .map(|f| match f.line {
            Some(n) => format!("{n} {:?} {}", f.field, f.value),
            None => format!("{:?} {}", f.field, f.value),
        })
        .collect()
}

#[test]
fn a_chinese_chat_message() {
    let text = "王姐，订单号 HT-2026-118，款号 ST-1001 男衬衫 1,200件，单价6.85美金，12月20日交货，FOB 宁波，30%定金，余款见提单副本，海运";
    assert_eq!(
        said(text),
        [
            "CustomerPo HT-2026-118",
            "PriceTerms FOB 宁波",
            "PaymentTerms 30%定金",
            "DeliveryMethod sea",
            "0 Qty 1200",
            "0 Unit 件",
            "0 Item ST-1001",
            "0 Name 男衬衫",
            "0 UnitPrice 6.85",
            "Currency USD",
            "RequestedDate 2026-12-20",
        ]
    );
}

#[test]
fn an_english_mail_with_two_lines() {
    let text = "Dear Li,\nPO# 4500993311. Please make:\n500 pcs of BK-5001 bracket @ US$0.45/pc, ship by Dec 20\n2,000 pcs ST-1001 shirts, USD 6.85 each, by 15 January 2027\nPayment T/T 30% deposit. By sea.";
    assert_eq!(
        said(text),
        [
            "CustomerPo 4500993311",
            "PaymentTerms T/T 30% deposit",
            "DeliveryMethod sea",
            "0 Qty 500",
            "0 Unit pcs",
            "0 Item BK-5001",
            "0 Name bracket",
            "0 UnitPrice 0.45",
            "Currency USD",
            "0 RequestedDate 2026-12-20",
            "1 Qty 2000",
            "1 Unit pcs",
            "1 Item ST-1001",
            "1 Name shirts",
            "1 UnitPrice 6.85",
            "1 RequestedDate 2027-01-15",
        ]
    );
}

#[test]
fn numbers_as_people_write_them() {
    for (text, qty) in [
        ("１，２００件", "1200"),
        ("1.2万件", "12000"),
        ("3千件", "3000"),
        ("三百二十件", "320"),
        ("一千五件", "1500"),
        ("两万件", "20000"),
        ("2k pcs", "2000"),
        ("12.5 公斤", "12.5"),
    ] {
        let found = find(text, today(), &[]);
        let got = found
            .iter()
            .find(|f| f.field == Field::Qty)
            .map(|f| f.value.as_str());
        assert_eq!(got, Some(qty), "{text}");
    }
}

#[test]
fn a_price_after_at_needs_its_currency() {
    let found = said("300 pcs ST-1001 at USD 6.95");
    assert!(found.contains(&"0 UnitPrice 6.95".to_owned()), "{found:?}");
    let found = said("300 pcs ST-1001, please call at 6.95");
    assert!(!found.iter().any(|f| f.contains("UnitPrice")), "{found:?}");
}

#[test]
fn nothing_is_invented() {
    for text in [
        "need to order more of the usual — Joe @ Maple",
        "ship by friday, account 98231-A, 100 ct",
        "zofran 4mg vials, normal account",
        "total 12,000 USD",
        "来一件样品看看",
        "5/6/2026",
        "",
    ] {
        assert!(
            find(text, today(), &[]).is_empty(),
            "{text}: {:?}",
            find(text, today(), &[])
        );
    }
    // Two different dates, two numbers, two currencies: left to the person.
    let two = find("PO 1234 or PO 5678, Dec 20. Ship Jan 5.", today(), &[]);
    assert!(two.is_empty(), "{two:?}");
    assert!(find(&"9".repeat(200_000), today(), &[]).is_empty());
}

#[test]
fn every_rule_compiles() {
    for rule in [
        &PO,
        &QTY,
        &HAN_QTY,
        &CODE,
        &MONEY,
        &PRICE_TERMS,
        &PAYMENT,
        &DELIVERY,
        &DATE,
    ] {
        assert!(rule.is_some());
    }
}

#[test]
fn a_text_becomes_an_order_to_be_completed() {
    let order = draft("订单号 A-77，衬衫 300件，单价12元，12月20日交货", today());
    assert_eq!(
        (order.customer_po.as_str(), order.currency.as_str()),
        ("A-77", "CNY")
    );
    let line = &order.lines[0];
    assert_eq!((line.name.as_str(), line.unit.as_str()), ("衬衫", "件"));
    assert_eq!(
        line.qty
            .map(crate::domain::quantity::Micro::text)
            .as_deref(),
        Some("300")
    );
    assert_eq!(
        line.requested_date.map(|d| d.to_string()).as_deref(),
        Some("2026-12-20")
    );
    assert!(draft("the usual please", today()).lines.is_empty());
}
