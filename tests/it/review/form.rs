//! The order review form, and the answers on the command line.

use super::*;

fn paper(user: &User, lang: Lang, no: &str) -> Paper {
    let world = &user.app.world;
    let scope = Scope {
        partner: "",
        world,
        outlook: &user.app.outlook,
        now: user.app.store.clock().now(),
        today: user.today(),
        lang,
        order: Some(order_named(user, no)),
        from: None,
        to: None,
    };
    report::make(Name::OrderReview, &scope).unwrap()
}

#[test]
fn the_review_form_holds_both_rounds_the_verdicts_and_what_binds() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("2").row(OPEN).press("a").part(PartKind::Answers);
        answer_all(&mut user, lang);
        user.row(Department::Technical.word().text(lang))
            .press("e")
            .fill("risk", "thread colour")
            .save();
        user.press("a").fill("round", "").press("tab").save();
        let paper = paper(&user, lang, OPEN);
        for table in &paper.tables {
            let wide = table.columns.len();
            assert!(
                table.rows.iter().all(|r| r.len() == wide),
                "{}",
                table.title
            );
        }
        let all: Vec<String> = paper
            .tables
            .iter()
            .flat_map(|t| t.rows.iter().flatten().map(|c| c.plain()))
            .collect();
        let promise = user
            .app
            .outlook
            .promises
            .get(&order_named(&user, OPEN).id)
            .unwrap();
        let has = |text: &str| all.iter().any(|c| c.contains(text));
        assert!(has("thread colour") && has(&promise.date.unwrap().to_string()));
        assert!(promise.chain.iter().all(|l| has(&l.what)), "{all:?}");
        for (format, _) in Format::ALL {
            assert!(!bytes(&paper, *format, lang).unwrap().is_empty());
        }
        // An order that nobody has reviewed has a form too.
        assert!(
            !self::paper(&user, lang, "SO-0108").tables[0]
                .rows
                .is_empty()
        );
    }
}

/// The order of the published example, as the program would know it.
fn example(e: &Value) -> String {
    let names = [
        (1, "精切"),
        (3, "CNC"),
        (4, "冲床"),
        (5, "钻床"),
        (6, "端铣"),
        (7, "攻丝"),
    ];
    let steps: Vec<Value> = names
        .iter()
        .map(|(no, name)| {
            serde_json::json!({"seq": no * 10, "name": name, "work_centre": "C",
                "minutes_per_unit": if [1, 3, 7].contains(no) { "1.6" } else { "1" }})
        })
        .collect();
    let fact = |key: &str, value: &Value| serde_json::json!({"order": "S1", "document": 1, "key": key, "value": value});
    serde_json::json!({
        "format": "gendan/1",
        "customers": [{"code": "W", "name": e["customer"]}],
        "work_centres": [{"code": "C", "lines": [{"code": "C1", "operators": 1, "efficiency": "1"}]}],
        "items": [{"code": e["item"], "name": e["model"], "unit": "pcs", "make": true, "routing": steps}],
        "orders": [{"no": "S1", "customer": "W", "customer_po_date": e["order_date"], "lines": [
            {"no": 1, "item": e["item"], "item_code": e["item"], "name": e["model"], "qty": e["qty"],
             "unit": "pcs", "requested_date": e["due"], "job_no": e["project_no"]}]}],
        "documents": [{"ref": 1, "order": "S1", "kind": "process_sheet", "title": "x"}],
        "facts": [fact("长度", &e["length"]), fact("表面要求", &e["surface"]),
            fact("工艺要求说明", &e["requirement"]), fact("工装夹具", &e["tooling"])],
        "decisions": [{"order": "S1", "kind": "counter", "date": e["review_result"], "decided_on": e["order_date"]}]
    })
    .to_string()
}

#[test]
fn the_shops_own_form_is_filled_from_the_data() {
    let Some(file) = case("import/xlsx-scheduling-forms/expected.json") else {
        return;
    };
    let e = &file["example"];
    let file_ = File::with(&example(e), "2026-04-30T08:00");
    let world = file_.world();
    let now = file_.store.clock().now();
    let outlook = gendan::plan::gather::outlook(&world, now, 50, &|| false).unwrap();
    let scope = Scope {
        partner: "",
        world: &world,
        outlook: &outlook,
        now,
        today: file_.store.clock().today(),
        lang: Lang::Zh,
        order: Some(first(&world)),
        from: None,
        to: None,
    };
    let paper = report::make(Name::OrderReview, &scope).unwrap();
    let lines = &paper.tables[0];
    // Each heading of the form is one of ours, under the name that stands first in it.
    let ours: Vec<&str> = lines.columns.iter().map(|c| c.title.as_str()).collect();
    let names = [
        ("客户名称", "客户"),
        ("订单数量", "数量"),
        ("订单交期", "要求交期"),
        ("序号", "行"),
        ("工装夹具情况", "工装夹具情况"),
        ("产能", "产能/日"),
        ("订单类别归类", "订单类别"),
        ("订单状态", "订单状态(交期)"),
        ("物料状态", "物料状态"),
    ];
    for field in file["sheets"]["订单初审"].as_array().unwrap() {
        let field = field.as_str().unwrap();
        let short = field.split('（').next().unwrap();
        let name = names
            .iter()
            .find(|(form, _)| *form == short)
            .map_or(short, |(_, n)| *n);
        assert!(ours.contains(&name), "{field}: {ours:?}");
    }
    let cell = |name: &str| {
        let at = ours.iter().position(|n| *n == name).unwrap();
        lines.rows[0][at].plain()
    };
    let same = |name: &str, key: &str| assert_eq!(cell(name), e[key].as_str().unwrap(), "{name}");
    same("项目号", "project_no");
    same("客户", "customer");
    same("产品型号", "model");
    same("料号", "item");
    same("长度", "length");
    same("数量", "qty");
    same("表面要求", "surface");
    same("订单日期", "order_date");
    same("要求交期", "due");
    same("工艺流程", "route");
    same("工艺要求说明", "requirement");
    same("产能/日", "capacity");
    same("瓶颈工序", "bottleneck");
    same("订单类别", "size_class");
    assert!(cell("订单状态(交期)").contains(e["urgency"].as_str().unwrap()));
    assert_eq!(cell("工装夹具情况"), "现有");
    assert_eq!(cell("物料状态"), e["material"].as_str().unwrap());
    assert!(!cell("计划开工日期").is_empty() && !cell("计划完成日期").is_empty());
}

#[test]
fn answers_and_form_come_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let at = gendan::domain::moment::Moment::parse(MONDAY).unwrap();
    let text = gendan::transfer::sample::sample(at);
    let file = write_file(folder.path(), "factory.json", text.as_bytes());
    let db = folder.path().join("a.db");
    let run = |arguments: &[&str]| {
        let mut command = Process::new(env!("CARGO_BIN_EXE_gendan"));
        command
            .arg("--db")
            .arg(&db)
            .args(arguments)
            .env("GENDAN_NOW", MONDAY);
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"] {
            command.env(name, folder.path());
        }
        let done = command.stdin(std::process::Stdio::null()).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(done.status.success(), "{arguments:?}: {said}");
        String::from_utf8(done.stdout).unwrap()
    };
    run(&["import", file.to_str().unwrap()]);
    let rows: Value = serde_json::from_str(&run(&[
        "list", "answers", "--order", "SO-0104", "--format", "json",
    ]))
    .unwrap();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 4);
    let production = rows
        .iter()
        .find(|r| r["department"] == "production")
        .unwrap();
    assert_eq!(production["days"], 9);
    assert_eq!(production["satisfied"], true);
    assert_eq!(production["silent_days"], Value::Null);
    assert_eq!(production["round"], 1);
    for (lang, title) in [("zh-CN", "订单评审表"), ("en", "Order review form")] {
        for ending in ["xlsx", "csv", "md", "html"] {
            let out = folder.path().join(format!("r-{lang}.{ending}"));
            let out = out.to_str().unwrap();
            run(&[
                "--lang",
                lang,
                "report",
                "order-review",
                "--order",
                "SO-0104",
                "-o",
                out,
            ]);
            let bytes = std::fs::read(out).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                ending == "xlsx" || (text.contains(title) && text.contains("SO-0104")),
                "{out}"
            );
        }
    }
}
