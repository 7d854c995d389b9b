//! A reader that is dropped at any of its polls has lost nothing: whoever reads on has all the rest, at the same instants. And
//! what a stream has not taken when it is dropped is still in the one below.

use core::cell::RefCell;

use onpar_iter::{AsyncIterator as _, Stream, limit};
use onpar_test::{Boundary, Rt, Sim, every_poll};

use crate::arrivals::{Arrivals, Script, ms, since_start};
use crate::table::{self, Row, Thing};

fn script() -> Script {
    Script::new([0, 0, 3, 8, 20, 21, 22, 23, 60], 75)
}

async fn read_on(rt: &Rt, mut stream: impl Stream<Item = Thing> + Unpin, given: &RefCell<Vec<(u64, Thing)>>) {
    while let Some(thing) = stream.next().await {
        given.borrow_mut().push((since_start(rt), thing));
    }
}

#[test]
fn whoever_reads_on_has_all_the_rest_at_the_same_instants() {
    for row in table::rows::<Arrivals, Rt>() {
        let run = |cancel: Option<&Boundary>| {
            let given = RefCell::default();
            let end = Sim::new(1).run(async |rt| {
                let mut stream = (row.make)(script().stream(&rt), rt.clone(), ms(10), limit!(3));
                if let Some(at) = cancel {
                    at.cancel(read_on(&rt, &mut stream, &given)).await;
                }
                read_on(&rt, stream, &given).await;
                since_start(&rt)
            });
            (given.into_inner(), end)
        };
        let expected = run(None);
        assert!(expected.0.len() > 1, "{}", row.name);
        let boundaries = every_poll(|at| assert_eq!(run(Some(at)), expected, "{}", row.name));
        assert!(boundaries >= 4, "{}: {boundaries}", row.name);
    }
}

#[test]
fn what_it_has_not_taken_when_it_is_dropped_is_still_in_the_stream_below() {
    for (number, Row { name, holds, .. }) in table::rows::<Arrivals, Rt>().into_iter().enumerate() {
        let boundaries = every_poll(|at| {
            let given = RefCell::default();
            let rest = Sim::new(1).run(async |rt| {
                let mut source = script().stream(&rt);
                let stream = (table::rows()[number].make)(&mut source, rt.clone(), ms(10), limit!(3));
                at.cancel(read_on(&rt, stream, &given)).await;
                if source.has_ended() { Vec::new() } else { source.collect::<Vec<_>>().await }
            });
            let given = given.into_inner().into_iter().flat_map(|(_, thing)| thing);
            let given: Vec<u32> = given.filter_map(Result::ok).collect();
            let all = script().items.len();
            assert!(rest.iter().copied().eq((0..9).skip(all - rest.len())), "{name}: {rest:?}");
            if let Some(holds) = holds {
                assert!(given.iter().copied().eq((0..9).take(given.len())), "{name}: {given:?}");
                let held = all - rest.len() - given.len();
                assert!(held <= holds, "{name}: {held} between {given:?} and {rest:?}");
            }
        });
        assert!(boundaries > 2, "{name}: {boundaries}");
    }
}
