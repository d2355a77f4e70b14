use std::collections::BTreeSet;

use super::draft::TicketDraft;
use super::stage::stage_of_status;
use crate::id::{PipelineId, StatusId};
use crate::text::Line;
use crate::ticket::{Pipeline, Stage, Status};

/// A status that a ticket of the files is in.
///
/// Outside HubSpot's default statuses a name says nothing about the stage, so a ticket with a close date is closed and one
/// without is in progress; then one name can stand for two statuses of different stages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WantedStatus {
    /// The pipeline; `None` is the inbox's own.
    pub pipeline: Option<Line>,
    /// The status; `None` is the stage's entry status.
    pub status: Option<Line>,
    /// The stage.
    pub stage: Stage,
}

impl WantedStatus {
    /// The status of a ticket.
    #[must_use]
    pub fn of(ticket: &TicketDraft) -> Self {
        let known = ticket.status.as_ref().and_then(|it| stage_of_status(it.as_str()));
        let guess = if ticket.closed_at.is_some() {
            Stage::Closed
        } else {
            Stage::InProgress
        };
        Self {
            pipeline: ticket.pipeline.clone(),
            status: ticket.status.clone(),
            stage: known.unwrap_or(guess),
        }
    }
}

/// A status as it will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStatus {
    /// Its name.
    pub name: Line,
    /// Its stage.
    pub stage: Stage,
    /// Its id, if it is there already.
    pub id: Option<StatusId>,
}

/// A pipeline as it will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPipeline {
    /// Its name.
    pub name: Line,
    /// Its id, if it is there already.
    pub id: Option<PipelineId>,
    /// Its statuses, in order.
    pub statuses: Vec<PlannedStatus>,
}

impl PlannedPipeline {
    /// Whether anything has to be written.
    #[must_use]
    pub fn is_new_or_grows(&self) -> bool {
        self.id.is_none() || self.statuses.iter().any(|it| it.id.is_none())
    }

    /// The place of the status that is wanted among [`statuses`](Self::statuses).
    #[must_use]
    pub(super) fn place(&self, wanted: &WantedStatus) -> Option<usize> {
        self.statuses
            .iter()
            .position(|it| it.stage == wanted.stage && wanted.status.as_ref().is_none_or(|name| same(name, &it.name)))
    }
}

/// Names that differ in case only are one name.
pub(super) fn same(a: &Line, b: &Line) -> bool {
    a.as_str().to_lowercase() == b.as_str().to_lowercase()
}

/// Which pipelines and statuses the files need: those that are there first, by name; new statuses behind the others, so
/// that the entry status of each stage stays; new pipelines with all four stages. `own` is the inbox's pipeline.
#[must_use]
pub fn plan_pipelines(existing: &[Pipeline], own: &Pipeline, wanted: &BTreeSet<WantedStatus>) -> Vec<PlannedPipeline> {
    let mut plans: Vec<PlannedPipeline> = Vec::new();
    for want in wanted {
        let name = want.pipeline.as_ref().unwrap_or_else(|| own.name());
        let index = plans.iter().position(|it| same(&it.name, name)).unwrap_or_else(|| {
            // The inbox's own pipeline goes before others of the same name.
            let there = std::iter::once(own).chain(existing).find(|it| same(it.name(), name));
            plans.push(there.map_or_else(
                || PlannedPipeline {
                    name: name.clone(),
                    id: None,
                    statuses: Vec::new(),
                },
                planned,
            ));
            plans.len() - 1
        });
        let Some(plan) = plans.get_mut(index) else { continue };
        if let Some(status) = &want.status
            && plan.place(want).is_none()
        {
            plan.statuses.push(PlannedStatus {
                name: status.clone(),
                stage: want.stage,
                id: None,
            });
        }
    }
    for plan in &mut plans {
        for stage in Stage::ALL {
            if !plan.statuses.iter().any(|it| it.stage == stage)
                && let Some(name) = Line::fitted(default_name(stage))
            {
                plan.statuses.push(PlannedStatus { name, stage, id: None });
            }
        }
        if plan.id.is_none() {
            let default_last = |it: &PlannedStatus| stage_of_status(it.name.as_str()).is_none();
            plan.statuses
                .sort_by_cached_key(|it| (it.stage, default_last(it), it.name.clone()));
        }
    }
    plans
}

fn planned(there: &Pipeline) -> PlannedPipeline {
    let statuses = there.statuses().iter().map(|it| PlannedStatus {
        name: it.name.clone(),
        stage: it.stage,
        id: Some(it.id),
    });
    PlannedPipeline {
        name: there.name().clone(),
        id: Some(there.id()),
        statuses: statuses.collect(),
    }
}

const fn default_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Received => "New",
        Stage::InProgress => "Waiting on us",
        Stage::WaitingOnContact => "Waiting on contact",
        Stage::Closed => "Closed",
    }
}

/// The statuses of a plan with their ids; what is there keeps its customer label and explanation.
pub(super) fn statuses(
    plan: &PlannedPipeline,
    there: Option<&Pipeline>,
    mut id: impl FnMut() -> StatusId,
) -> Vec<Status> {
    let found = |wanted: Option<StatusId>| {
        there
            .zip(wanted)
            .and_then(|(pipeline, id)| pipeline.status(id))
            .cloned()
    };
    let mut make = |it: &PlannedStatus| {
        found(it.id).unwrap_or_else(|| Status {
            id: id(),
            name: it.name.clone(),
            stage: it.stage,
            customer_label: None,
            explanation: None,
        })
    };
    plan.statuses.iter().map(&mut make).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Uuid;

    fn line(text: &str) -> Line {
        text.parse().unwrap()
    }

    fn want(pipeline: Option<&str>, status: Option<&str>, stage: Stage) -> WantedStatus {
        WantedStatus {
            pipeline: pipeline.map(line),
            status: status.map(line),
            stage,
        }
    }

    fn own() -> Pipeline {
        let mut number = 0;
        let mut status = |name: &str, stage| {
            number += 1;
            Status {
                id: StatusId::from_uuid(Uuid::from_u128(number)),
                name: line(name),
                stage,
                customer_label: None,
                explanation: None,
            }
        };
        let all = vec![
            status("New", Stage::Received),
            status("Working", Stage::InProgress),
            status("Asked", Stage::WaitingOnContact),
            status("Done", Stage::Closed),
        ];
        Pipeline::new(PipelineId::from_uuid(Uuid::from_u128(99)), line("Support"), all).unwrap()
    }

    #[test]
    fn a_pipeline_that_is_there_only_grows_at_its_end() {
        let wanted = BTreeSet::from([
            want(Some("support"), Some("Escalated"), Stage::InProgress),
            want(None, Some("new"), Stage::Received),
        ]);
        let plan = plan_pipelines(&[own()], &own(), &wanted);
        assert_eq!(plan.len(), 1);
        let names: Vec<&str> = plan[0].statuses.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["New", "Working", "Asked", "Done", "Escalated"]);
        assert!(plan[0].is_new_or_grows());
    }

    #[test]
    fn a_new_pipeline_has_all_stages_and_the_default_status_first() {
        let wanted = BTreeSet::from([
            want(Some("Returns"), Some("Awaiting parts"), Stage::InProgress),
            want(Some("Returns"), Some("Waiting on us"), Stage::InProgress),
            want(Some("Returns"), Some("Awaiting parts"), Stage::Closed),
        ]);
        let plan = plan_pipelines(&[own()], &own(), &wanted);
        let statuses: Vec<(&str, Stage)> = plan[0].statuses.iter().map(|it| (it.name.as_str(), it.stage)).collect();
        let expected = [
            ("New", Stage::Received),
            ("Waiting on us", Stage::InProgress),
            ("Awaiting parts", Stage::InProgress),
            ("Waiting on contact", Stage::WaitingOnContact),
            ("Awaiting parts", Stage::Closed),
        ];
        assert_eq!(statuses, expected);
        assert!(plan[0].id.is_none());
    }

    #[test]
    fn nothing_new_means_nothing_to_write() {
        let plan = plan_pipelines(&[], &own(), &BTreeSet::from([want(None, None, Stage::Closed)]));
        assert!(!plan[0].is_new_or_grows());
        assert_eq!(plan[0].place(&want(None, None, Stage::Closed)), Some(3));
    }
}
