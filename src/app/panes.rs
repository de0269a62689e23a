//! Layout of the screen, in columns and rows.

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pane {
    pub x: u16,
    pub y: u16,
    pub columns: u16,
    pub rows: u16,
}

impl Pane {
    /// Whether a cell is inside.
    pub fn contains(self, column: u16, row: u16) -> bool {
        (self.x..self.x + self.columns).contains(&column)
            && (self.y..self.y + self.rows).contains(&row)
    }
}

/// Minimum columns of a screen to draw on. A smaller screen shows a one-line message.
pub const LEAST_COLUMNS: u16 = 24;
/// Minimum rows of a screen to draw on.
pub const LEAST_ROWS: u16 = 6;

/// Minimum columns to show list and page side by side.
pub const TWO_PANES: u16 = 80;

/// Minimum rows for rules above and below the panes.
const ROWS_FOR_RULES: u16 = 16;

/// Minimum rows for an empty row above a page that fills the screen.
const ROWS_FOR_HEADROOM: u16 = 20;

/// Panes to lay out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// List and page; on a narrow screen only the focused one.
    Both { page_focused: bool },
    /// The page alone, with an empty row below it and, if there is room, one above it.
    Zen,
    /// A full-screen view, which replaces filter, list and page.
    Full,
}

/// Layout of the screen. A part that is not shown is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    pub title: Option<Pane>,
    pub filter: Option<Pane>,
    /// The rule below the filter, which contains the section in view.
    pub top_rule: Option<Pane>,
    pub list: Option<Pane>,
    /// The column between list and page.
    pub divider: Option<Pane>,
    pub page: Option<Pane>,
    /// The area of a full-screen view.
    pub view: Option<Pane>,
    /// The rule above the hints.
    pub bottom_rule: Option<Pane>,
    pub hints: Option<Pane>,
}

impl Panes {
    /// Lays out a screen with text of at most `measure` columns; `None` if the screen is too small
    /// to draw on.
    pub fn new(columns: u16, rows: u16, arrangement: Arrangement, measure: u16) -> Option<Self> {
        if columns < LEAST_COLUMNS || rows < LEAST_ROWS {
            return None;
        }
        let bar = |y| {
            Some(Pane {
                x: 0,
                y,
                columns,
                rows: 1,
            })
        };
        if arrangement == Arrangement::Zen {
            let y = u16::from(rows >= ROWS_FOR_HEADROOM);
            let page = Pane {
                x: 0,
                y,
                columns,
                rows: rows - y - 2,
            };
            return Some(Self {
                page: Some(page),
                hints: bar(rows - 1),
                ..Self::default()
            });
        }
        let ruled = rows >= ROWS_FOR_RULES;
        if arrangement == Arrangement::Full {
            let (top, below) = if ruled { (2, 2) } else { (1, 1) };
            let view = Pane {
                x: 0,
                y: top,
                columns,
                rows: rows - top - below,
            };
            return Some(Self {
                title: bar(0),
                top_rule: ruled.then(|| bar(1)).flatten(),
                view: Some(view),
                bottom_rule: ruled.then(|| bar(rows - 2)).flatten(),
                hints: bar(rows - 1),
                ..Self::default()
            });
        }
        let top = if ruled { 3 } else { 2 };
        let below = if ruled { 2 } else { 1 };
        let body = Pane {
            x: 0,
            y: top,
            columns,
            rows: rows - top - below,
        };
        let mut panes = Self {
            title: bar(0),
            filter: bar(1),
            top_rule: ruled.then(|| bar(2)).flatten(),
            bottom_rule: ruled.then(|| bar(rows - 2)).flatten(),
            hints: bar(rows - 1),
            ..Self::default()
        };
        match arrangement {
            _ if columns >= TWO_PANES => {
                let list = list_columns(columns, measure);
                panes.list = Some(Pane {
                    columns: list,
                    ..body
                });
                panes.divider = Some(Pane {
                    x: list,
                    columns: 1,
                    ..body
                });
                let x = list + 1;
                panes.page = Some(Pane {
                    x,
                    columns: columns - x,
                    ..body
                });
            }
            Arrangement::Both { page_focused: true } | Arrangement::Zen | Arrangement::Full => {
                panes.page = Some(body);
            }
            Arrangement::Both {
                page_focused: false,
            } => panes.list = Some(body),
        }
        Some(panes)
    }
}

/// Layout of a popup, which is a list over the panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Popup {
    pub frame: Pane,
    /// Rows for items.
    pub items: u16,
    /// Rows of the preview: the selected item in full, below the items and a rule.
    pub preview: u16,
    /// Whether there is a lower border.
    pub closed: bool,
}

/// Lays out a popup, centred above the hints, with borders, its line and as many of `items` rows as
/// fit. The remaining rows go to a preview if `preview`. Items yield the rows of a short preview as
/// long as some of them stay in view.
pub fn popup(columns: u16, rows: u16, items: usize, preview: bool) -> Popup {
    let width = popup_columns(columns);
    // Other rows: the last row, borders, the line, and the preview with its rule.
    let most = usize::from(rows.saturating_sub(1 + 3 + 1 + LEAST_PREVIEW));
    if preview && items > most && most >= LEAST_ITEMS {
        return popup_of(columns, rows, most, preview, width);
    }
    popup_of(columns, rows, items, preview, width)
}

/// Lays out a popup as wide as the screen, for items with many columns. A preview keeps its rows
/// even if the items do not fit.
pub fn table(columns: u16, rows: u16, items: usize, preview: bool) -> Popup {
    let kept = if preview && rows >= ROWS_FOR_TABLE_PREVIEW {
        rows / 6 + 1
    } else {
        0
    };
    let around = 2 + u16::from(rows >= ROWS_FOR_LOWER_BORDER);
    let most = rows.saturating_sub(1 + around + kept);
    let items = items.min(usize::from(most));
    popup_of(columns, rows, items, preview, columns)
}

/// Minimum rows of a screen for a preview below a long table.
const ROWS_FOR_TABLE_PREVIEW: u16 = 12;

fn popup_of(columns: u16, rows: u16, items: usize, preview: bool, width: u16) -> Popup {
    let last = rows.saturating_sub(1).max(1);
    let wanted = u16::try_from(items).unwrap_or(u16::MAX).saturating_add(3);
    let closed = rows >= ROWS_FOR_LOWER_BORDER || wanted <= last;
    let around = if closed { 3 } else { 2 };
    let preview = match last.saturating_sub(wanted.saturating_add(1)) {
        left if preview && left >= LEAST_PREVIEW => left.min(MOST_PREVIEW),
        _ => 0,
    };
    let below = if preview > 0 { preview + 1 } else { 0 };
    let height = wanted.saturating_add(below).min(last);
    Popup {
        frame: Pane {
            x: (columns - width) / 2,
            y: (last - height) / 2,
            columns: width,
            rows: height,
        },
        items: height.saturating_sub(around + below),
        preview,
        closed,
    }
}

/// Minimum rows of a screen on which a popup has a lower border although its items do not fit.
const ROWS_FOR_LOWER_BORDER: u16 = 8;

pub(super) fn popup_columns(columns: u16) -> u16 {
    columns.min(POPUP_COLUMNS.max(columns / 5 * 3))
}

/// Returns the columns for the text in the line of a popup. Borders, prompt sign and blanks take
/// six.
pub fn line_columns(columns: u16) -> u16 {
    popup_columns(columns).saturating_sub(6)
}

/// Minimum items in view above a preview.
const LEAST_ITEMS: usize = 3;

/// Minimum and maximum rows of a preview.
const LEAST_PREVIEW: u16 = 2;
const MOST_PREVIEW: u16 = 7;

/// Columns of a popup, unless a wide screen gives it more.
const POPUP_COLUMNS: u16 = 72;

/// Returns the columns of the list beside the page. Two phrases of fourteen Han of a title fit at
/// least. A wider screen gives the list two fifths of the additional columns or, if more, the
/// columns that a page of `measure` columns does not need.
fn list_columns(columns: u16, measure: u16) -> u16 {
    let list = (31 + (columns - TWO_PANES) * 2 / 5).min(56);
    let spare = columns.saturating_sub(measure.saturating_add(PAGE_MARGINS + 1));
    let list = list.max(spare.min(WIDEST_LIST));
    // An odd column would be lost in a page of Han, but not in the list.
    list + u16::from((columns - list).is_multiple_of(2))
}

/// Columns beside the text of a wide page: two on each side, the last one for the scrollbar.
pub const PAGE_MARGINS: u16 = 4;

/// Returns the columns for text in a page pane. The other columns are divided between both sides;
/// the last one is for the scrollbar.
pub fn text_columns(columns: u16) -> u16 {
    columns
        .saturating_sub(if columns >= 40 { PAGE_MARGINS } else { 2 })
        .max(2)
}

/// Maximum columns of the list. The longest phrases of titles fit, followed by an org.
const WIDEST_LIST: u16 = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_panes_of_every_screen_lie_inside_it_and_apart() {
        let arrangements = [
            Arrangement::Zen,
            Arrangement::Full,
            Arrangement::Both { page_focused: true },
            Arrangement::Both {
                page_focused: false,
            },
        ];
        for arrangement in arrangements {
            for columns in LEAST_COLUMNS..220 {
                for rows in LEAST_ROWS..70 {
                    check(columns, rows, arrangement);
                }
            }
        }
    }

    #[track_caller]
    fn check(columns: u16, rows: u16, arrangement: Arrangement) {
        for measure in [20, 80, 200] {
            check_measured(columns, rows, arrangement, measure);
        }
    }

    #[track_caller]
    fn check_measured(columns: u16, rows: u16, arrangement: Arrangement, measure: u16) {
        let panes =
            Panes::new(columns, rows, arrangement, measure).expect("the screen is large enough");
        let all = [
            panes.title,
            panes.filter,
            panes.top_rule,
            panes.list,
            panes.divider,
            panes.page,
            panes.view,
            panes.bottom_rule,
            panes.hints,
        ];
        let cells: u32 = all
            .iter()
            .flatten()
            .map(|pane| u32::from(pane.columns) * u32::from(pane.rows))
            .sum();
        let empty = match arrangement {
            Arrangement::Zen if rows >= ROWS_FOR_HEADROOM => 2,
            Arrangement::Zen => 1,
            Arrangement::Both { .. } | Arrangement::Full => 0,
        };
        assert_eq!(
            cells,
            u32::from(columns) * u32::from(rows - empty),
            "{columns}x{rows} {arrangement:?}"
        );
        assert!(panes.list.or(panes.page).or(panes.view).is_some());
    }

    #[test]
    fn the_list_grows_as_long_as_the_page_keeps_its_measure() {
        let view = Arrangement::Both {
            page_focused: false,
        };
        let both = |columns| {
            let panes = Panes::new(columns, 40, view, 80).expect("the screen is large enough");
            let columns = |pane: Option<Pane>| pane.expect("it is shown").columns;
            (columns(panes.list), columns(panes.page))
        };
        assert_eq!(both(80).0, 31);
        assert_eq!(both(120).0, 47);
        for columns in 140..200 {
            let (list, page) = both(columns);
            assert!(page >= 80 + PAGE_MARGINS || list <= 56, "{columns}");
        }
        assert!(both(160).0 >= 72);
        assert!(both(300).0 <= WIDEST_LIST + 1);
    }

    #[test]
    fn a_tiny_screen_has_no_panes() {
        assert_eq!(Panes::new(1, 1, Arrangement::Zen, 80), None);
    }
}
