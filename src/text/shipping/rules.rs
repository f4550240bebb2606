//! The rules that a shipment keeps or breaks, as sentences with their figures.

use crate::domain::quantity::{Micro, Rate};
use crate::domain::rule::inspection::Block;
use crate::domain::rule::shipment::credit::{Basis, Rule};
use crate::domain::rule::shipment::{Check, Finding};
use crate::text::format;
use crate::text::word::{Lang, word};

/// A share as whole or broken per cent: `5 %`, `2.5 %`.
fn percent(share: Rate) -> String {
    format!("{} %", share.times(Micro::whole(100)).text())
}

fn basis(basis: Basis, lang: Lang) -> String {
    let said = match basis {
        Basis::Stated(_) => word("信用证写明溢短 {0}", "the credit states {0} more or less"),
        Basis::About => word(
            "UCP 600 第 30 条 a：有“约”字，溢短 {0}",
            "UCP 600 art. 30 a: “about” takes {0} more or less",
        ),
        Basis::Five => word(
            "UCP 600 第 30 条 b：数量不按件计，溢短 {0}，支取不超过金额",
            "UCP 600 art. 30 b: quantity not in units, {0} more or less, drawings within the amount",
        ),
        Basis::Exact => word(
            "UCP 600 第 30 条 b 不适用：数量按件或包装单位计，溢短 {0}",
            "UCP 600 art. 30 b does not hold: quantity in units, {0} more or less",
        ),
    };
    said.fill(lang, &[&percent(basis.share())])
}

fn credit(rule: &Rule, lang: Lang) -> String {
    let q = |n: Micro| format::qty(n);
    let m = |n: Micro| format::money(n, 2);
    match rule {
        Rule::Quantity {
            line,
            after,
            most,
            basis: by,
        } => word(
            "信用证数量：第 {0} 行共 {1}，最多 {2}（{3}）",
            "credit, quantity: line {0} comes to {1}, at most {2} ({3})",
        )
        .fill(lang, &[&line.to_string(), &q(*after), &q(*most), &basis(*by, lang)]),
        Rule::Amount { drawn, most, about } => {
            let why = if *about {
                word("UCP 600 第 30 条 a：金额有“约”字，多 10 %", "UCP 600 art. 30 a: “about” takes 10 % more")
            } else {
                word("支取不得超过金额", "no more than the amount can be drawn")
            };
            word("信用证金额：共支取 {0}，最多 {1}（{2}）", "credit, amount: {0} drawn, at most {1} ({2})")
                .fill(lang, &[&m(*drawn), &m(*most), why.text(lang)])
        }
        Rule::Partial { line, after, least } => word(
            "信用证不允许分批（UCP 600 第 31 条）：第 {0} 行出 {1}，至少 {2}",
            "the credit bars partial shipments (UCP 600 art. 31): line {0} comes to {1}, at least {2}",
        )
        .fill(lang, &[&line.to_string(), &q(*after), &q(*least)]),
        Rule::Less { drawn, least } => word(
            "UCP 600 第 30 条 c：数量出齐，支取可少 5 %：{0}，至少 {1}",
            "UCP 600 art. 30 c: shipped in full, the drawing may be 5 % less: {0}, at least {1}",
        )
        .fill(lang, &[&m(*drawn), &m(*least)]),
        Rule::LatestShipment(day) => word(
            "信用证最迟装运 {0}",
            "the credit's latest shipment is {0}",
        )
        .fill(lang, &[&day.to_string()]),
        Rule::Presentation { by } => word(
            "最迟交单 {0}（UCP 600 第 14 条 c：装运后 21 天内且不过到期日）",
            "present the documents by {0} (UCP 600 art. 14 c: within 21 days, not after expiry)",
        )
        .fill(lang, &[&by.to_string()]),
    }
}

/// A rule with its figures as a sentence.
#[must_use]
pub fn check(check: &Check, lang: Lang) -> String {
    let q = |n: Micro| format::qty(n);
    match check {
        Check::Most { line, after, most } => word(
            "第 {0} 行共出 {1}，连溢装最多 {2}（订单的溢短装）",
            "line {0} comes to {1}, at most {2} with the order's tolerance",
        )
        .fill(lang, &[&line.to_string(), &q(*after), &q(*most)]),
        Check::Least {
            line,
            after,
            least,
            open,
        } if open.is_zero() => word(
            "第 {0} 行共出 {1}，到 {2} 即出齐（订单的溢短装）",
            "line {0} comes to {1}; {2} closes it by the order's tolerance",
        )
        .fill(lang, &[&line.to_string(), &q(*after), &q(*least)]),
        Check::Least {
            line, after, open, ..
        } => word(
            "第 {0} 行共出 {1}，还欠 {2}",
            "line {0} comes to {1}, {2} stay open",
        )
        .fill(lang, &[&line.to_string(), &q(*after), &q(*open)]),
        Check::AllAtOnce => word(
            "订单要求一次出齐",
            "the order wants everything in one shipment",
        )
        .text(lang)
        .to_owned(),
        Check::NoneLate { line, due } => word(
            "订单不许迟交：第 {0} 行交期 {1}",
            "the order takes nothing late: line {0} is due {1}",
        )
        .fill(lang, &[&line.to_string(), &due.to_string()]),
        Check::Smallest { qty, least } => word(
            "客户每次至少收 {1}，这次 {0}（最后一批除外）",
            "{0} in this shipment; the customer takes at least {1} unless it is the rest",
        )
        .fill(lang, &[&q(*qty), &q(*least)]),
        Check::Inspection(Block::Failed(_)) => word(
            "验货不合格，还没有再验合格",
            "an inspection failed and did not pass since",
        )
        .text(lang)
        .to_owned(),
        Check::Inspection(Block::Waiting(_)) => {
            word("排了的验货还没做", "an inspection is planned and not done")
                .text(lang)
                .to_owned()
        }
        Check::PapersOpen(n) => word(
            "出货前要的单证还差 {0} 份",
            "{0} papers due before it leaves are missing",
        )
        .fill(lang, &[&n.to_string()]),
        Check::Packed {
            line,
            packed,
            shipped,
        } => word(
            "装箱单与出货数不符：第 {0} 行装 {1}，出 {2}",
            "the packing list differs: line {0} has {1} packed, {2} shipped",
        )
        .fill(lang, &[&line.to_string(), &q(*packed), &q(*shipped)]),
        Check::Credit(rule) => credit(rule, lang),
        Check::CreditUnknown => word(
            "付款用信用证，条款还没录入（按 L）",
            "payment is by letter of credit; its terms are not entered (press L)",
        )
        .text(lang)
        .to_owned(),
    }
}

/// A rule with whether it is kept.
#[must_use]
pub fn finding(f: &Finding, lang: Lang) -> String {
    let mark = if f.holds { "✓" } else { "✗" };
    format!("{mark} {}", check(&f.check, lang))
}

/// Broken rules as one sentence that asks for a reason.
#[must_use]
pub fn broken(list: &[Check], lang: Lang) -> String {
    let separator = word("；", "; ").text(lang);
    let all: Vec<String> = list.iter().map(|c| check(c, lang)).collect();
    word(
        "{0}。确要如此，在备注里写明理由。",
        "{0}. If it has to be so, say why in the note.",
    )
    .fill(lang, &[&all.join(separator)])
}
