//! What needs a heap: boxes, vectors, and values whose type has been erased.

use alloc::rc::Rc;
use alloc::sync::Arc;
use core::convert::Infallible;
use core::error::Error;

use onpar_core::{BoxAsyncDrop, ExitReason, LocalBoxAsyncDrop, VecError};

use super::{Refused, Resource, bad, both, finish, good, in_order, log, polled, said};

both! {
    #[test]
    fn a_box_ends_its_value() {
        assert_eq!(polled(AsyncDrop::async_drop(Box::new(good(1)), ExitReason::Ended)), (Ok(()), 2));
        assert_eq!(finish(AsyncDrop::async_drop(Box::new(bad(2)), ExitReason::Ended)), Err(Refused(2)));
        assert_eq!(said(), in_order([1, 2]));
    }

    #[test]
    fn a_vector_ends_its_elements_one_after_another() {
        let ended = polled(AsyncDrop::async_drop((1..=100).map(good).collect::<Vec<_>>(), ExitReason::Ended));
        assert_eq!(ended, (Ok(()), 101));
        assert_eq!(said(), in_order(1..=100));
    }

    #[test]
    fn a_vector_skips_nothing_after_an_error_and_keeps_each_with_its_index() {
        let values = vec![good(0), bad(1), bad(2), good(3), bad(4)];
        let error = finish(AsyncDrop::async_drop(values, ExitReason::Ended)).unwrap_err();
        assert_eq!(error, VecError { errors: vec![(1, Refused(1)), (2, Refused(2)), (4, Refused(4))] });
        assert_eq!(said(), in_order(0..5));
    }

    #[test]
    fn an_empty_vector_ends_at_once() {
        assert_eq!(polled(AsyncDrop::async_drop(Vec::<Resource>::new(), ExitReason::Ended)), (Ok(()), 1));
    }

    #[test]
    fn a_vector_that_is_cut_short_drops_the_rest_where_it_stands() {
        let mut cut = Box::pin(AsyncDrop::async_drop(vec![good(1), good(2)], ExitReason::Ended));
        assert!(cut.as_mut().poll(&mut core::task::Context::from_waker(core::task::Waker::noop())).is_pending());
        drop(cut);
        assert_eq!(said(), ["1 begins"]);
    }
}

#[test]
fn the_errors_of_a_vector_name_their_elements_and_the_first_is_the_source() {
    let error = VecError { errors: vec![(1, Refused(1)), (7, Refused(7))] };
    assert_eq!(error.to_string(), "2 elements failed to drop; element 1: 1 refused; element 7: 7 refused");
    assert_eq!(error.source().and_then(<dyn Error>::downcast_ref), Some(&Refused(1)));
}

/// Of another type than [`Resource`], with another error, and borrowing.
struct Named<'a>(&'a str);

impl onpar_core::AsyncDrop for Named<'_> {
    type Error = String;

    async fn async_drop(self, _reason: ExitReason) -> Result<(), String> {
        log(self.0.to_owned());
        Err(format!("{} failed", self.0))
    }
}

impl onpar_core::LocalAsyncDrop for Named<'_> {
    type Error = Infallible;

    async fn async_drop(self, _reason: ExitReason) -> Result<(), Infallible> {
        log(self.0.to_owned());
        Ok(())
    }
}

#[test]
fn erased_values_of_different_types_end_in_one_collection_with_every_error() {
    use onpar_core::AsyncDrop as _;

    let name = String::from("named");
    let values = vec![BoxAsyncDrop::new(bad(1)), BoxAsyncDrop::new(Named(&name)), BoxAsyncDrop::new(good(2))];
    let errors = finish(values.async_drop(ExitReason::Ended)).unwrap_err().errors;
    assert_eq!(said(), ["1 begins", "1 ends: Ended", "named", "2 begins", "2 ends: Ended"]);
    assert_eq!(errors.iter().map(|(index, _)| *index).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(errors[0].1.downcast_ref(), Some(&Refused(1)));
    assert_eq!(errors[1].1.to_string(), "named failed");
}

#[test]
fn erased_values_of_one_thread_too() {
    use onpar_core::LocalAsyncDrop as _;

    let name = String::from("named");
    let values = vec![
        LocalBoxAsyncDrop::new(bad(1)),
        LocalBoxAsyncDrop::new(Named(&name)),
        LocalBoxAsyncDrop::new(super::Shared(Rc::default())),
    ];
    let errors = finish(values.async_drop(ExitReason::Ended)).unwrap_err().errors;
    assert_eq!(said(), ["1 begins", "1 ends: Ended", "named"]);
    assert_eq!(errors.iter().map(|(index, _)| *index).collect::<Vec<_>>(), [0]);
    assert_eq!(errors[0].1.downcast_ref(), Some(&Refused(1)));
}

#[test]
fn an_erased_value_may_be_erased_again() {
    use onpar_core::AsyncDrop as _;

    let twice = BoxAsyncDrop::new(BoxAsyncDrop::new(bad(1)));
    let error = finish(twice.async_drop(ExitReason::Ended)).unwrap_err();
    assert_eq!(error.downcast_ref(), Some(&Refused(1)));
    assert_eq!(said(), in_order([1]));
}

/// Nobody ends it, and it is dropped.
struct Holds(#[expect(dead_code, reason = "it is there to be dropped")] Arc<()>);

impl onpar_core::AsyncDrop for Holds {
    type Error = Infallible;

    async fn async_drop(self, _reason: ExitReason) -> Result<(), Infallible> {
        log("never".to_owned());
        Ok(())
    }
}

#[test]
fn an_erased_value_that_is_dropped_as_any_other_is_dropped_and_no_more() {
    let value = Arc::new(());
    drop(BoxAsyncDrop::new(Holds(Arc::clone(&value))));
    assert_eq!((Arc::strong_count(&value), said()), (1, vec![]));
}
