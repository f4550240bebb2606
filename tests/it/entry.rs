//! Entering orders by hand: few keys, sums checked, the last order's terms, repeat orders.

use gendan::domain::codes::DocumentKind;
use gendan::domain::order::{LineSize, Order, OrderLine};
use gendan::panel::PartKind;
use gendan::text::Lang;

use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

/// Article, colour, quantities S to XXL, price.
const TEN: [(&str, &str, [u32; 5], &str); 10] = [
    ("ST-1001", "White", [60, 120, 120, 68, 32], "6.85"),
    ("ST-1001", "Navy", [30, 60, 60, 34, 16], "6.95"),
    ("ST-1002", "Sky", [18, 36, 36, 20, 10], "7.10"),
    ("ST-1002", "Pink", [12, 24, 24, 14, 6], "7.10"),
    ("JK-3001", "Navy", [45, 90, 90, 51, 24], "18.40"),
    ("JK-3001", "Black", [45, 90, 90, 51, 24], "18.40"),
    ("JK-3001", "Olive", [15, 30, 30, 17, 8], "18.90"),
    ("ST-1001", "Grey", [60, 120, 120, 68, 32], "6.85"),
    ("ST-1001", "Stripe", [21, 42, 42, 24, 11], "7.25"),
    ("JK-3001", "Red", [9, 18, 18, 10, 5], "19.00"),
];

fn newest(user: &User) -> &Order {
    user.app.world.orders.iter().next_back().unwrap()
}

fn lines<'a>(user: &'a User, order: &Order) -> Vec<&'a OrderLine> {
    user.app.world.order_lines.of(order.id).collect()
}

fn sizes<'a>(user: &'a User, line: &OrderLine) -> Vec<&'a LineSize> {
    user.app.world.line_sizes.of(line.id).collect()
}

/// Types a value and goes on; counts characters and fields.
fn put(user: &mut User, counts: &mut (usize, usize), text: &str) {
    user.write(text).press("enter");
    counts.0 += text.chars().count();
    counts.1 += 1;
}

#[test]
fn ten_lines_with_sizes_take_a_key_a_character_one_a_field_and_ten() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1");
        let before = user.keys;
        let mut counts = (0, 0);
        user.press("n");
        for text in ["C01", "4500990001", "1-20"] {
            put(&mut user, &mut counts, text);
        }
        assert_eq!(user.app.editor().unwrap().focused(), "sizes");
        // The size run of the customer's last order stands there already.
        user.press("enter");
        for (item, colour, run, price) in TEN {
            put(&mut user, &mut counts, item);
            put(&mut user, &mut counts, colour);
            for qty in run {
                put(&mut user, &mut counts, &qty.to_string());
            }
            let cell = user.app.editor().unwrap().cell().map(|(_, c)| c.to_owned());
            if cell.as_deref() == Some("unit_price") {
                put(&mut user, &mut counts, price);
            }
        }
        user.press("ctrl-s");
        assert!(!user.has_form(), "{}", user.screen());
        let keys = user.keys - before;
        let most = counts.0 + counts.1 + 10;
        println!(
            "ten lines with sizes: {keys} keys, at most {most} ({} characters, {} fields)",
            counts.0, counts.1
        );
        assert!(keys <= most, "{keys} > {most}");

        let order = newest(&user);
        assert_eq!(
            (order.currency.as_str(), order.price_terms.as_str()),
            ("USD", "FOB Ningbo")
        );
        let lines = lines(&user, order);
        assert_eq!(lines.len(), 10);
        for (line, (item, colour, run, _)) in lines.iter().zip(TEN) {
            assert_eq!(line.item_code, item);
            assert!(line.item_id.is_some() && !line.name.is_empty());
            assert_eq!(line.qty.text(), run.iter().sum::<u32>().to_string());
            assert_eq!(line.requested_date.unwrap().to_string(), "2027-01-20");
            let typed: Vec<(String, String)> = sizes(&user, line)
                .iter()
                .map(|s| (s.colour.clone(), s.qty.text()))
                .collect();
            let wanted = run.map(|qty| (colour.to_owned(), qty.to_string()));
            assert_eq!(typed, wanted);
        }
        user.press("u");
        assert_eq!(
            user.app.world.orders.len(),
            13,
            "one undo takes it all back"
        );
    }
}

#[test]
fn colours_of_one_line_stand_under_each_other_and_sums_are_checked() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1 n")
            .fill("customer", "C01")
            .fill("customer_po", "S-1");
        user.fill("sizes", "S M L").fill_cell(0, "item", "ST-1001");
        for (row, colour, run) in [(0, "White", ["1", "2", "3"]), (1, "Navy", ["4", "5", "6"])] {
            user.fill_cell(row, "colour", colour);
            for (size, qty) in ["size:S", "size:M", "size:L"].iter().zip(run) {
                user.fill_cell(row, size, qty);
            }
        }
        user.fill_cell(1, "qty", "16");
        let screen = user.screen();
        assert!(screen.contains("15") && screen.contains("16"), "{screen}");
        user.press("ctrl-s");
        assert!(user.has_form(), "15 is not 16");
        assert_eq!(user.app.editor().unwrap().cell(), Some((1, "qty")));
        let named = match lang {
            Lang::Zh => "第 2 行数量：",
            Lang::En => "Row 2, Quantity: ",
        };
        assert!(user.screen().contains(named), "{}", user.screen());
        user.press("ctrl-u").fill("total", "22").press("ctrl-s");
        assert!(
            user.has_form() && user.screen().contains("21"),
            "{}",
            user.screen()
        );
        user.fill("total", "21").save();
        let order = newest(&user);
        let lines = lines(&user, order);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].qty.text(), "21");
        assert_eq!(sizes(&user, lines[0]).len(), 6);
    }
}

#[test]
fn an_order_is_changed_in_the_same_table_and_unchanged_rows_stay() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0113").press("e");
        let id = user.app.order.unwrap();
        let old: Vec<OrderLine> = user.app.world.order_lines.of(id).cloned().collect();
        user.fill_cell(old.len(), "item", "BK-5001")
            .fill_cell(old.len(), "qty", "500")
            .fill_cell(old.len(), "requested_date", "300@12-20 200@1-10")
            .save();
        let now: Vec<&OrderLine> = user.app.world.order_lines.of(id).collect();
        assert_eq!(now.len(), old.len() + 1);
        assert_eq!(*now[0], old[0]);
        let added = now[old.len()];
        assert_eq!(added.no, old.last().unwrap().no + 1);
        let parts: Vec<String> = user
            .app
            .world
            .schedule_lines
            .of(added.id)
            .map(|s| format!("{} {}", s.qty.text(), s.requested_date.unwrap()))
            .collect();
        assert_eq!(parts, ["300 2026-12-20", "200 2027-01-10"]);
        assert_eq!(added.requested_date.unwrap().to_string(), "2026-12-20");
        // Opened again it says the same, and saving changes nothing.
        let journal = user.app.store.journal(None, 500).unwrap().len();
        user.press("e").save();
        assert_eq!(user.app.store.journal(None, 500).unwrap().len(), journal);
        // Part deliveries that do not add up are refused at their cell.
        user.press("e")
            .fill_cell(old.len(), "requested_date", "300@12-20 100@1-10")
            .press("ctrl-s");
        assert_eq!(
            user.app.editor().unwrap().cell(),
            Some((old.len(), "requested_date"))
        );
        user.fill_cell(old.len(), "requested_date", "12-20");
        // And a row can be taken out again.
        user.press("ctrl-d").save();
        assert_eq!(user.app.world.order_lines.of(id).count(), old.len());
    }
}

#[test]
fn a_repeat_order_is_one_key_and_the_next_record_needs_no_leaving() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0108").press("R");
        assert!(user.has_form());
        user.fill("customer_po", "R-2")
            .fill("requested_date", "+60")
            .save();
        let order = newest(&user).clone();
        let old = user
            .app
            .world
            .orders
            .iter()
            .find(|o| o.no == "SO-0108")
            .unwrap();
        assert_eq!(order.repeat_of, Some(old.id));
        assert_eq!(order.payment_terms, old.payment_terms);
        let (new, old) = (lines(&user, &order), lines(&user, old));
        assert_eq!(new.len(), old.len());
        assert_eq!(new[0].unit_price, old[0].unit_price);
        assert_eq!(sizes(&user, new[0]).len(), sizes(&user, old[0]).len());
        assert_eq!(new[0].requested_date.unwrap().to_string(), "2027-01-22");
        assert_eq!(new[0].promised_date, None);

        user.press("1 home e")
            .fill("remarks", "one")
            .press("pagedown");
        assert!(user.has_form(), "the next order's form is open");
        let first = user.app.world.orders.iter().find(|o| o.remarks == "one");
        assert!(first.is_some(), "what was typed is saved on the way");
        user.press("pageup");
        let back = user.app.editor().unwrap().form.subject;
        assert_eq!(Some(back), first_id(&user));
        user.press("pageup");
        assert!(
            user.has_form() && !user.note().is_empty(),
            "there is no order before the first"
        );
        user.press("esc");
        user.part(PartKind::Lines).press("e pagedown");
        assert!(user.has_form());
    }
}

fn first_id(user: &User) -> Option<i64> {
    user.app
        .world
        .orders
        .iter()
        .find(|o| o.remarks == "one")
        .map(|o| o.id)
}

#[test]
fn a_block_from_a_spreadsheet_is_pasted_into_the_lines_and_a_draft_keeps_it() {
    for lang in BOTH {
        let mut user = User::new(lang);
        user.press("1 n")
            .fill("customer", "永兴五金")
            .fill("sizes", "");
        user.press("tab");
        user.app.on(gendan::tui::input::Input::Paste(
            "A-1\t法兰\t\t120\t只\nA-2\tFlange 50\t\t30\tpcs\n".into(),
        ));
        user.press("esc enter n");
        let kept = user.app.editor().unwrap().draft()["lines"].clone();
        assert!(
            kept.contains("法兰") && kept.contains("Flange 50"),
            "{kept}"
        );
        user.save();
        let order = newest(&user);
        let quantities: Vec<String> = lines(&user, order)
            .iter()
            .map(|l| format!("{} {} {}", l.item_code, l.qty.text(), l.unit))
            .collect();
        assert_eq!(quantities, ["A-1 120 只", "A-2 30 pcs"]);
    }
}

#[test]
fn a_pasted_message_fills_the_form_and_each_value_shows_its_words() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1 n").fill("customer", "C01");
        let said = "李姐，订单号 HT-2026-118：\n款号 ST-1001 男衬衫 1,200件，单价6.95美金\nBK-5001 角码 500件，单价0.5美金\n12月30日交货，CIF 哥德堡，空运";
        user.app.on(gendan::tui::input::Input::Paste(said.into()));
        let values = user.app.editor().unwrap().draft();
        assert_eq!(values["words"], said, "kept word for word");
        assert_eq!(values["customer_po"], "HT-2026-118");
        assert_eq!(values["requested_date"], "2026-12-30");
        assert_eq!(
            values["delivery_method"], "air",
            "what is said counts before what was usual"
        );
        assert_eq!(
            values["payment_terms"], "",
            "nothing is said and the customer was not left yet"
        );
        user.fill_cell(1, "qty", "500");
        let screen = user.screen();
        assert!(screen.contains("BK-5001 角码 500件"), "{screen}");
        user.fill("customer", "C01").press("tab").save();
        let order = newest(&user);
        assert_eq!(order.words, said);
        assert_eq!(order.currency, "USD");
        let typed: Vec<String> = lines(&user, order)
            .iter()
            .map(|l| {
                format!(
                    "{} {} {}",
                    l.item_code,
                    l.qty.text(),
                    l.unit_price.unwrap().text()
                )
            })
            .collect();
        assert_eq!(typed, ["ST-1001 1200 6.95", "BK-5001 500 0.5"]);
    }
}

/// Messages of a shop by telephone: what they say is found, what they do not say is not.
#[test]
fn real_messages_are_kept_and_nothing_is_invented() {
    let Some(cases) = std::env::var_os("GENDAN_CASES") else {
        println!("skipped: GENDAN_CASES is not set");
        return;
    };
    let folder = std::path::PathBuf::from(cases).join("import/txt-phone-orders");
    let text = std::fs::read_to_string(folder.join("sms_orders.txt")).unwrap();
    let expected: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let messages: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    assert_eq!(
        messages.len() as u64,
        expected["message_count"].as_u64().unwrap()
    );
    let mut found = Vec::new();
    for message in &messages {
        let mut user = User::new(Lang::En);
        user.press("1 n").fill("words", "");
        user.app
            .on(gendan::tui::input::Input::Paste((*message).into()));
        let values = user.app.editor().unwrap().draft();
        assert_eq!(&values["words"], message);
        assert_eq!(values["requested_date"], "", "{message}");
        assert_eq!(values["customer_po"], "", "{message}");
        found.push(values["lines"].clone());
    }
    for (lines, wanted) in found.iter().zip(expected["readable"].as_array().unwrap()) {
        for key in ["qty", "unit", "item"] {
            assert!(
                lines.contains(wanted[key].as_str().unwrap()),
                "{lines} {wanted}"
            );
        }
    }
    assert_eq!(
        found.last().unwrap(),
        "",
        "the usual is nothing to type from"
    );
}

#[test]
fn a_text_file_is_imported_as_an_order_to_be_completed_and_long_words_stay_editable() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "订单号 A-77，衬衫 300件，单价12元，12月20日交货。{}",
        "谢谢。".repeat(2_000)
    );
    let path = crate::support::write_file(folder.path(), "note.txt", text.as_bytes());
    for lang in BOTH {
        let mut user = User::new(lang);
        user.press("1 i")
            .write(&path.display().to_string())
            .press("enter enter");
        // What was found stands in the form, to be confirmed; nothing is saved yet.
        assert_eq!(user.app.world.orders.iter().count(), 0);
        let draft = user.app.editor().unwrap().draft();
        assert_eq!(draft["customer_po"], "A-77");
        assert_eq!(draft["requested_date"], "2026-12-20");
        user.fill("customer", "永兴五金");
        // On a wide screen the words stand beside the form, those of the field in sight marked.
        user.size = (140, 40);
        user.press("tab");
        assert_eq!(user.app.editor().unwrap().focused(), "customer_po");
        let buffer = user.buffer();
        let plain = buffer[(100, 20)].style();
        let marked: String = (1..39)
            .flat_map(|y| (80..139).map(move |x| (x, y)))
            .filter(|at| buffer[*at].style() != plain)
            .map(|at| buffer[at].symbol().trim().to_owned())
            .collect();
        assert!(marked.starts_with("订单号A-77"), "{marked}");
        assert!(!marked.contains("衬衫"), "only those words: {marked}");
        assert!(user.screen().contains("谢谢。"), "{}", user.screen());
        user.size = (80, 24);
        user.save();
        let order = newest(&user);
        assert_eq!(
            (order.customer_po.as_str(), order.words.len()),
            ("A-77", text.len())
        );
        assert_eq!(lines(&user, order)[0].qty.text(), "300");
        let paper = user.app.world.documents.of(order.id).next().unwrap();
        assert_eq!(
            (paper.file_name.as_str(), paper.kind),
            ("note.txt", DocumentKind::Mail)
        );
        user.press("e").fill("customer_po", "A-78").save();
        assert_eq!(newest(&user).words.len(), text.len());
    }
}

#[test]
fn the_date_of_the_head_goes_to_all_rows_but_those_with_a_date_of_their_own() {
    for lang in [Lang::Zh, Lang::En] {
        let mut user = User::demo(lang);
        user.press("1 n")
            .fill("customer", "Harlan Hardware Supply LLC");
        user.fill("requested_date", "12-20");
        for row in 0..3 {
            user.fill_cell(row, "item", "HG-6001")
                .fill_cell(row, "qty", "10");
        }
        user.fill_cell(1, "requested_date", "1-10");
        user.fill("requested_date", "asdf").press("tab");
        user.fill("requested_date", "12-22").press("tab");
        user.press("ctrl-s");
        assert!(!user.has_form(), "{}", user.screen());
        let order = newest(&user).clone();
        let dates = |user: &User| -> Vec<String> {
            let lines = lines(user, &order);
            lines
                .iter()
                .map(|l| l.requested_date.unwrap().to_string())
                .collect()
        };
        assert_eq!(dates(&user), ["2026-12-22", "2027-01-10", "2026-12-22"]);
        // A date typed into the head of an order that is changed is for all its lines.
        user.press("e")
            .fill("requested_date", "12-28")
            .press("tab ctrl-s");
        assert!(!user.has_form(), "{}", user.screen());
        assert_eq!(dates(&user), ["2026-12-28"; 3]);
    }
}
