//! The containers that need no heap: options, arrays and tuples.

use onpar_core::{ArrayError, ExitReason, TupleError};

use super::{Refused, bad, both, finish, good, in_order, polled, said};

both! {
    #[test]
    fn an_option_ends_what_is_there() {
        assert_eq!(finish(AsyncDrop::async_drop(Some(good(1)), ExitReason::Ended)), Ok(()));
        assert_eq!(said(), in_order([1]));
        assert_eq!(finish(AsyncDrop::async_drop(Some(bad(2)), ExitReason::Ended)), Err(Refused(2)));
        assert_eq!(said(), in_order([2]));
        assert_eq!(polled(AsyncDrop::async_drop(None::<super::super::Resource>, ExitReason::Ended)), (Ok(()), 1));
        assert_eq!(said(), [""; 0]);
    }

    #[test]
    fn an_array_ends_its_elements_one_after_another() {
        let ended = polled(AsyncDrop::async_drop([good(1), good(2), good(3)], ExitReason::Ended));
        assert_eq!(ended, (Ok(()), 4));
        assert_eq!(said(), in_order([1, 2, 3]));
    }

    #[test]
    fn an_array_skips_nothing_after_an_error_and_keeps_each_at_its_index() {
        let ended = finish(AsyncDrop::async_drop([bad(1), good(2), bad(3), good(4)], ExitReason::Ended));
        assert_eq!(ended, Err(ArrayError { errors: [Some(Refused(1)), None, Some(Refused(3)), None] }));
        assert_eq!(said(), in_order([1, 2, 3, 4]));
    }

    #[test]
    fn an_empty_array_ends_at_once() {
        let none: [super::super::Resource; 0] = [];
        assert_eq!(polled(AsyncDrop::async_drop(none, ExitReason::Ended)), (Ok(()), 1));
    }

    #[test]
    fn containers_in_containers_keep_the_order_and_every_error() {
        let nested = ([bad(1), good(2)], Some((good(3), bad(4))), bad(5));
        let error = finish(AsyncDrop::async_drop(nested, ExitReason::Ended)).unwrap_err();
        assert_eq!(said(), in_order([1, 2, 3, 4, 5]));
        assert_eq!(error.errors.0, Some(ArrayError { errors: [Some(Refused(1)), None] }));
        assert_eq!(error.errors.1, Some(TupleError { errors: (None, Some(Refused(4))) }));
        assert_eq!(error.errors.2, Some(Refused(5)));
        assert_eq!(
            error.to_string(),
            "a field of a tuple failed to drop; field 0: 1 of 2 elements failed to drop; element 0: 1 refused; \
             field 1: a field of a tuple failed to drop; field 1: 4 refused; field 2: 5 refused"
        );
    }

    #[test]
    fn a_drop_that_is_cut_short_drops_the_rest_where_it_stands() {
        let mut cut = Box::pin(AsyncDrop::async_drop((good(1), good(2)), ExitReason::Ended));
        assert!(cut.as_mut().poll(&mut core::task::Context::from_waker(core::task::Waker::noop())).is_pending());
        drop(cut);
        assert_eq!(said(), ["1 begins"]);
    }

    /// For each length: all succeed; then each field in turn fails, and its error alone is kept, in its place.
    macro_rules! tuples {
        ($($name:ident: $($i:literal)+;)+) => {$(
            #[test]
            fn $name() {
                let length = [$($i),+].len();
                let ids = || (0..length).map(|id| u32::try_from(id).expect("twelve fit"));
                let all_good = polled(AsyncDrop::async_drop(($(good($i),)+), ExitReason::Ended));
                assert_eq!((all_good.0.is_ok(), all_good.1 as usize), (true, length + 1));
                assert_eq!(said(), in_order(ids()));
                for failing in ids() {
                    let fails = |id| if id == failing { bad(id) } else { good(id) };
                    let error = finish(AsyncDrop::async_drop(($(fails($i),)+), ExitReason::Ended)).unwrap_err();
                    assert_eq!(said(), in_order(ids()));
                    let expected = |id| (id == failing).then_some(Refused(id));
                    assert_eq!(error, TupleError { errors: ($(expected($i),)+) });
                    let words = format!("a field of a tuple failed to drop; field {failing}: {failing} refused");
                    assert_eq!(error.to_string(), words);
                    let source = core::error::Error::source(&error).expect("the field's error");
                    assert_eq!(source.downcast_ref(), Some(&Refused(failing)));
                }
                let all_bad = finish(AsyncDrop::async_drop(($(bad($i),)+), ExitReason::Ended)).unwrap_err();
                assert_eq!(all_bad, TupleError { errors: ($(Some(Refused($i)),)+) });
                assert_eq!(said(), in_order(ids()));
            }
        )+};
    }

    tuples! {
        a_tuple_of_1: 0;
        a_tuple_of_2: 0 1;
        a_tuple_of_3: 0 1 2;
        a_tuple_of_4: 0 1 2 3;
        a_tuple_of_5: 0 1 2 3 4;
        a_tuple_of_6: 0 1 2 3 4 5;
        a_tuple_of_7: 0 1 2 3 4 5 6;
        a_tuple_of_8: 0 1 2 3 4 5 6 7;
        a_tuple_of_9: 0 1 2 3 4 5 6 7 8;
        a_tuple_of_10: 0 1 2 3 4 5 6 7 8 9;
        a_tuple_of_11: 0 1 2 3 4 5 6 7 8 9 10;
        a_tuple_of_12: 0 1 2 3 4 5 6 7 8 9 10 11;
    }
}

#[test]
fn the_errors_of_an_array_name_their_elements_and_the_first_is_the_source() {
    let error = ArrayError { errors: [None, Some(Refused(1)), Some(Refused(2))] };
    assert_eq!(error.to_string(), "2 of 3 elements failed to drop; element 1: 1 refused; element 2: 2 refused");
    let source = core::error::Error::source(&error).expect("the first error");
    assert_eq!(source.downcast_ref(), Some(&Refused(1)));
}
