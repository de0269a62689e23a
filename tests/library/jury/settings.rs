//! The settings of a round: every mistake with its line and what would be right.

use anli::jury::settings::{Quota, Round, template};

use super::build::points;

fn mistakes(toml: &str) -> Vec<(u32, String)> {
    let mistakes = Round::parse(toml).expect_err("it has mistakes");
    mistakes
        .into_iter()
        .map(|mistake| (mistake.line, mistake.what.english().to_owned()))
        .collect()
}

const RIGHT: &str = "id = \"r1\"\nname = \"试评\"\n\
    [[category]]\nname = \"部门\"\nquota = 1\n\
    [[criterion]]\nname = \"创新性\"\npoints = 40\n";

#[track_caller]
fn check(toml: &str, line: u32, says: &[&str]) {
    let found = mistakes(toml);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, line, "{found:?}");
    for words in says {
        assert!(found[0].1.contains(words), "{found:?}");
    }
}

#[test]
fn the_template_is_right_and_each_round_gets_its_own_id() {
    let one =
        Round::parse(&template("甲\"乙\"\\", "案例", &["丙", "丁"], 1)).expect("the template");
    assert_eq!((&*one.name, &*one.library), ("甲\"乙\"\\", "案例"));
    assert_eq!(one.jurors.len(), 2);
    assert_eq!(one.full(), points("100"));
    assert_eq!(one.criteria[0].bands.len(), 5);
    assert_eq!(one.categories[0].quota, Quota::Share(points("30")));
    let other = Round::parse(&template("甲\"乙\"\\", "案例", &[], 2)).expect("the template");
    assert_ne!(one.id, other.id);
}

#[test]
fn a_mistake_is_named_with_its_line_and_what_would_be_right() {
    check(&format!("blnd = \"none\"\n{RIGHT}"), 1, &["blnd", "blind"]);
    check(
        &format!("blind = \"all\"\n{RIGHT}"),
        1,
        &["none | labels | text"],
    );
    check(&format!("step = 0\n{RIGHT}"), 1, &["0.0001", "100"]);
    check(&format!("ties = [\"新\"]\n{RIGHT}"), 1, &["创新性"]);
    check(
        &RIGHT.replace("quota = 1", "quota = \"a third\""),
        5,
        &["\"30%\""],
    );
    check(&RIGHT.replace("部门", "机关"), 4, &["区市 | 功能区 | 部门"]);
    check(&RIGHT.replace("points = 40\n", ""), 6, &["points"]);
    check(&RIGHT.replace("id = \"r1\"\n", ""), 1, &["id"]);
    check(&RIGHT.replace("name = \"试评\"", "name = "), 2, &["TOML"]);
    check(&format!("{RIGHT}[[juror]]\nname = \"a/b\"\n"), 10, &["/"]);
    let twice = format!("{RIGHT}[[juror]]\nname = \"甲\"\n[[juror]]\nname = \"甲\"\n");
    check(&twice, 11, &["甲", "twice"]);
    let bands = format!(
        "{RIGHT}bands = [\n {{ name = \"一\", from = 10 }},\n {{ name = \"二\", from = 10 }} ]\n"
    );
    check(&bands, 11, &["less"]);
    let above = format!("{RIGHT}bands = [ {{ name = \"一\", from = 50 }} ]\n");
    check(&above, 9, &["40"]);
    let unnamed = format!("{RIGHT}bands = [ {{ name = \"一\", from = 5 }} ]\n");
    check(&unnamed, 9, &["一", "5", "begin at 0"]);
}

#[test]
fn one_mistake_has_one_message() {
    let percents = "[[criterion]]\nname = \"领先性\"\npoints = 60\n\
        bands = [ { name = \"一\", from = 90 }, { name = \"二\", from = 0 } ]\n";
    let wrong = format!("entry = \"pct\"\n{RIGHT}{percents}");
    check(&wrong, 1, &["points | percent"]);
    check(
        &format!("length = {{ min = 0 }}\n{RIGHT}"),
        1,
        &["min", "least, most"],
    );
}

#[test]
fn percents_have_weights_that_make_a_whole_and_bands_up_to_it() {
    let percent = RIGHT.replace("name = \"试评\"", "name = \"试评\"\nentry = \"percent\"");
    check(&percent, 7, &["100 together", "40"]);
    let other = "[[criterion]]\nname = \"实效性\"\npoints = 60\n";
    let whole = format!("{percent}{other}");
    assert!(Round::parse(&whole).is_ok());
    let bands = |from: u8| {
        format!(
            "{whole}bands = [{{ name = \"高\", from = {from} }}, {{ name = \"低\", from = 0 }}]\n"
        )
    };
    assert!(Round::parse(&bands(80)).is_ok());
    check(&bands(54), 13, &["实效性", "0 to 100", "54"]);
}

#[test]
fn steps_come_to_the_most_of_every_criterion() {
    check(
        &format!("step = 7\n{RIGHT}"),
        1,
        &["7", "40", "创新性", "step = 5"],
    );
    check(&format!("step = 60\n{RIGHT}"), 1, &["step = 20"]);
    check(&format!("step = 0.3\n{RIGHT}"), 1, &["step = 0.25"]);
    for wrong in ["0", "-1", "101", "\"x\"", "0.00001"] {
        check(&format!("step = {wrong}\n{RIGHT}"), 1, &["0.0001 to 100"]);
    }
    // 40 and 30 have 10 in common.
    let two = format!("{RIGHT}[[criterion]]\nname = \"领先性\"\npoints = 30\n");
    check(
        &format!("step = 4\n{two}"),
        1,
        &["4", "30", "领先性", "step = 2.5"],
    );
    check(&format!("step = 20\n{two}"), 1, &["领先性", "step = 10"]);
    // Percents go up to 100, whatever the points.
    let percent = format!("entry = \"percent\"\n{}", two.replace("= 30", "= 60"));
    check(&format!("step = 7\n{percent}"), 1, &["100", "step = 5"]);
    assert!(Round::parse(&format!("step = 20\n{percent}")).is_ok());
    // Without a step it is 0.5.
    check(
        &RIGHT.replace("= 40", "= 33.3"),
        6,
        &["0.5", "33.3", "step = 0.1"],
    );
    for right in ["0.5", "2.5", "40", "0.0001"] {
        assert!(
            Round::parse(&format!("step = {right}\n{RIGHT}")).is_ok(),
            "{right}"
        );
    }
}

#[test]
fn a_blind_round_needs_the_orgs_of_its_jurors() {
    let toml = format!("blind = \"labels\"\n{RIGHT}[[juror]]\nname = \"甲\"\n");
    check(&toml, 10, &["甲", "org"]);
}

#[test]
fn a_conflict_names_an_org_or_a_case_and_its_ground() {
    let with =
        |conflict: &str| format!("{RIGHT}[[juror]]\nname = \"甲\"\nconflicts = [{conflict}]\n");
    assert!(Round::parse(&with("{ case = \"000-1\", ground = \"起草\" }")).is_ok());
    // What is named is what the file has there, and nothing that it has not.
    let row = "{ org = \"市审计局\" }";
    check(
        &with(row),
        11,
        &["ground", &format!("conflicts {row} needs")],
    );
    check(
        &with("{ ground = \"起草\" }"),
        11,
        &["{ ground = \"起草\" } needs org or case"],
    );
    check(
        &with("{ org = \"a\", ground = \"b\", why = 1 }"),
        11,
        &["why = 1 } has no setting"],
    );
    check(
        &with("{ org = \"a\", case = \"b\", ground = \"起草\" }"),
        11,
        &["org"],
    );
}

#[test]
fn all_mistakes_are_named_at_once() {
    let toml = RIGHT
        .replace("quota = 1", "quota = -1")
        .replace("points = 40", "points = \"x\"");
    let lines: Vec<u32> = mistakes(&toml).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [5, 8]);
}

#[test]
fn layout_and_comments_change_no_fingerprint_and_values_do() {
    let parse = |toml: &str| Round::parse(toml).expect("it is right");
    let (one, other) = (parse(RIGHT), parse(&format!("# 说明\n{RIGHT}\n\n")));
    assert_eq!(
        (one.settings.clone(), one.rules()),
        (other.settings.clone(), other.rules())
    );
    let quota = parse(&RIGHT.replace("quota = 1", "quota = 2"));
    assert_ne!(one.settings, quota.settings);
    assert_eq!(one.rules(), quota.rules());
    let weight = parse(&RIGHT.replace("points = 40", "points = 50"));
    assert_ne!(one.rules(), weight.rules());
}
