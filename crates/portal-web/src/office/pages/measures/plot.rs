//! Figures as small pictures of bars.

use std::time::Duration;

use portal_core::measures::Measures;
use portal_core::satisfaction::Rating;

use super::period::Period;
use crate::office::visit::OfficeVisit;
use crate::view::measures::{Bar, Plot};
use crate::view::span::span;

const WIDTH: usize = 720;
const HEIGHT: usize = 160;
/// Where the bars begin: there is room for the words of the lines before them.
const LEFT: usize = 56;

/// Opened and closed, two bars a part.
pub(super) fn volume(visit: &OfficeVisit<'_>, period: Period, measures: &Measures) -> Plot {
    let texts = visit.texts();
    let values: Vec<Vec<usize>> = measures
        .parts
        .iter()
        .map(|(_, it)| vec![it.opened, it.closed])
        .collect();
    let names = ["measures-opened", "measures-closed"].map(|it| texts.text(it, &[]));
    let said = |series: usize, value: usize| {
        let name = names.get(series).map_or("", String::as_str);
        format!("{name}: {value}")
    };
    plot(visit, period, measures, &values, |it| it.to_string(), said)
}

/// The median of first replies, in minutes.
pub(super) fn replies(visit: &OfficeVisit<'_>, period: Period, measures: &Measures) -> Plot {
    let minutes = |it: Duration| usize::try_from(it.as_secs() / 60).unwrap_or(usize::MAX);
    let values: Vec<Vec<usize>> = measures
        .parts
        .iter()
        .map(|(_, it)| vec![it.first_reply.median.map_or(0, minutes)])
        .collect();
    let said = |it: usize| span(visit.texts(), Duration::from_mins(it as u64));
    plot(visit, period, measures, &values, said, |_, it| said(it))
}

/// What customers said, two bars a part.
pub(super) fn satisfaction(visit: &OfficeVisit<'_>, period: Period, measures: &Measures) -> Plot {
    let texts = visit.texts();
    let said = measures.parts.iter().map(|(_, it)| it.satisfaction);
    let values: Vec<Vec<usize>> = said.map(|it| vec![it.good, it.not_good]).collect();
    let names = Rating::ALL.map(|it| texts.text("rate-word", &[("rating", it.name().into())]));
    let said = |series: usize, value: usize| {
        let name = names.get(series).map_or("", String::as_str);
        format!("{name}: {value}")
    };
    plot(visit, period, measures, &values, |it| it.to_string(), said)
}

fn plot(
    visit: &OfficeVisit<'_>,
    period: Period,
    measures: &Measures,
    values: &[Vec<usize>],
    line: impl Fn(usize) -> String,
    said: impl Fn(usize, usize) -> String,
) -> Plot {
    let most = values.iter().flatten().copied().max().unwrap_or_default();
    let top = round(most);
    let parts = values.len().max(1);
    let step = (WIDTH - LEFT) / parts;
    let times = visit.times();
    let days: Vec<String> = measures
        .parts
        .iter()
        .map(|(at, _)| times.day(at.micros()).text)
        .collect();
    let mut bars = Vec::new();
    for (index, part) in values.iter().enumerate() {
        let gap = (step / 6).max(1);
        let width = ((step - gap) / part.len().max(1)).max(1);
        for (series, value) in part.iter().copied().enumerate().filter(|it| it.1 > 0) {
            let height = (value * HEIGHT / top).max(1);
            bars.push(Bar {
                x: LEFT + index * step + gap / 2 + series * width,
                y: HEIGHT - height,
                width: width.saturating_sub(1).max(1),
                height,
                series,
                title: format!(
                    "{} · {}",
                    days.get(index).map_or("", String::as_str),
                    said(series, value)
                ),
            });
        }
    }
    // A word for every part does not fit where there are thirty.
    let every = match period {
        Period::Month => 5,
        Period::Week => 1,
        Period::Quarter | Period::Year => 2,
    };
    let words = days.into_iter().enumerate().step_by(every);
    Plot {
        width: WIDTH,
        height: HEIGHT,
        bars,
        lines: [0, 2, 4]
            .map(|it| (HEIGHT - HEIGHT * it / 4, line(top * it / 4)))
            .to_vec(),
        words: words.map(|(index, day)| (LEFT + index * step, day)).collect(),
    }
}

/// The next number that can be halved and looks round: the top of a picture.
fn round(most: usize) -> usize {
    let mut unit: usize = 1;
    loop {
        for it in [4, 6, 8, 10, 20] {
            if most <= unit.saturating_mul(it) {
                return unit.saturating_mul(it);
            }
        }
        unit = unit.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tops_are_round() {
        for (most, top) in [
            (0, 4),
            (4, 4),
            (5, 6),
            (7, 8),
            (9, 10),
            (11, 20),
            (21, 40),
            (99, 100),
            (1234, 2000),
        ] {
            assert_eq!(round(most), top, "{most}");
        }
    }
}
