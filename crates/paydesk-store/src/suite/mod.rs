//! The tests that every store passes, unchanged.
//!
//! A store's crate names a function that makes an empty store, and gets a test for every case:
//!
//! ```text
//! async fn empty() -> Fixture<MyStore> { … }
//! paydesk_store::store_suite!(empty);
//! ```
//!
//! A case is a function that only the list below makes reachable; one that is missing there is
//! reported as dead code.

#![expect(clippy::unwrap_used, reason = "these are tests, though other crates compile them")]

mod accounts;
mod carts;
mod coupons;
mod customers;
mod deletes;
mod fixture;
mod idempotency;
mod isolation;
mod list_filters;
mod lists;
mod lists_under_writes;
mod objects;
mod promotion_codes;
mod pruning;
mod revisions;
mod round_trips;
mod sandboxes;
mod searches;
mod session_collection;
mod shipping_rates;
mod shop;
mod tax_rates;
mod timers;
mod unique_keys;
mod webhook_endpoints;

pub use fixture::Fixture;

/// Makes the cases public and [`store_suite!`](crate::store_suite) from one list of them. The first
/// token is a dollar sign, for the macro that this one writes.
macro_rules! suite {
    ($dollar:tt $($subject:ident { $($case:ident,)+ })+) => {
        /// The cases, one function each.
        #[expect(missing_docs, reason = "the name of a case is a sentence")]
        pub mod cases {
            use std::sync::Arc;

            use crate::store::Store;

            $($(
                pub async fn $case<S: Store>(store: &Arc<S>) {
                    super::$subject::$case(store).await;
                }
            )+)+
        }

        /// A test for every case of the suite, each on a store that the function makes for it.
        #[macro_export]
        macro_rules! store_suite {
            ($dollar make_empty_store:path) => {
                $($(
                    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                    async fn $case() {
                        let fixture = $dollar make_empty_store().await;
                        $dollar crate::suite::cases::$case(fixture.store()).await;
                    }
                )+)+
            };
        }
    };
}

suite! { $
    round_trips {
        a_product_with_every_field_comes_back_as_it_was,
        a_price_with_every_field_comes_back_as_it_was,
        a_session_with_every_field_comes_back_as_it_was,
        a_session_comes_back_in_every_place_it_is_shown,
        a_sandbox_that_opens_by_name_is_found_by_it,
        an_event_of_every_type_comes_back_as_it_was,
        what_was_never_written_is_not_found,
    }
    accounts {
        an_account_has_a_world_in_each_mode,
        the_own_account_is_made_once,
        a_key_is_found_by_its_hash_and_by_its_id,
        a_revoked_key_is_still_found,
        no_two_keys_have_one_hash,
        keys_are_listed_oldest_first,
    }
    sandboxes {
        sandboxes_are_listed_by_what_opens_them_newest_first,
        a_sandbox_expires_by_the_wall_clock_when_it_is_not_used,
        a_closed_sandbox_is_found_nowhere,
        a_sandbox_takes_the_place_of_another_with_its_keys,
        what_was_in_a_closed_sandbox_is_forgotten,
    }
    revisions {
        a_record_that_exists_is_not_inserted_again,
        a_record_that_does_not_exist_is_not_replaced,
        every_replacement_raises_the_version_by_one,
        a_stale_replacement_leaves_nothing_of_its_changeset,
        two_changes_of_one_revision_do_not_both_win,
        changes_of_different_sessions_all_land,
        a_changeset_that_writes_nothing_is_no_error,
    }
    deletes {
        a_deleted_product_is_gone_wherever_it_was_shown,
        a_record_that_moved_is_not_deleted,
        no_sandbox_deletes_from_another,
        a_check_that_does_not_hold_refuses_the_whole_changeset,
        a_product_is_not_deleted_while_it_gets_its_first_price,
    }
    coupons {
        a_coupon_with_every_field_comes_back_as_it_was,
        a_coupon_in_an_event_comes_back_as_it_was,
        a_coupon_is_replaced_and_deleted_at_its_version,
        coupons_are_listed_newest_first_and_by_creation,
        two_sandboxes_have_coupons_of_the_same_code,
        a_deleted_coupon_is_kept_by_its_ordinal,
    }
    promotion_codes {
        a_promotion_code_with_every_field_comes_back_as_it_was,
        a_promotion_code_in_an_event_comes_back_as_it_was,
        a_promotion_code_is_replaced_at_its_version,
        promotion_codes_are_filtered_by_each_of_their_columns,
        an_active_promotion_code_can_be_redeemed_and_so_can_its_coupon,
        a_list_of_promotion_codes_has_pages,
        a_code_has_a_rival_where_one_customer_could_redeem_both,
        of_many_who_take_a_code_one_gets_it,
        no_sandbox_sees_the_promotion_codes_of_another,
        promotion_codes_of_a_closed_sandbox_are_forgotten,
    }
    shipping_rates {
        a_shipping_rate_with_every_field_comes_back_as_it_was,
        a_shipping_rate_is_replaced_at_its_version,
        shipping_rates_are_filtered_by_state_currency_and_creation,
        no_sandbox_has_the_shipping_rates_of_another,
    }
    tax_rates {
        a_tax_rate_with_every_field_comes_back_as_it_was,
        a_tax_rate_in_an_event_comes_back_as_it_was,
        a_tax_rate_is_replaced_at_its_version,
        tax_rates_are_filtered_by_what_may_change_and_what_may_not,
        no_sandbox_has_the_tax_rates_of_another,
    }
    webhook_endpoints {
        an_endpoint_with_every_field_comes_back_as_it_was,
        an_endpoint_is_replaced_and_deleted_at_its_version,
        endpoints_are_listed_newest_first,
        of_many_who_take_the_last_place_one_gets_it,
    }
    unique_keys {
        a_lookup_key_finds_the_price_that_claims_it,
        a_claimed_lookup_key_refuses_the_whole_changeset,
        a_lookup_key_passes_from_one_price_to_another_at_once,
        a_lookup_key_is_released_by_nobody_but_its_owner,
        of_many_who_claim_a_lookup_key_one_gets_it,
    }
    idempotency {
        an_answer_comes_back_byte_for_byte,
        a_used_key_refuses_the_whole_changeset,
        a_refused_changeset_leaves_its_key_unused,
        of_many_requests_with_one_key_one_is_done,
    }
    isolation {
        no_sandbox_finds_the_objects_of_another,
        no_sandbox_lists_the_objects_of_another,
        two_sandboxes_have_objects_of_the_same_id,
        a_record_is_not_replaced_from_another_sandbox,
    }
    lists {
        lists_are_newest_first_and_break_ties_by_ordinal,
        pages_behind_a_cursor_reach_the_end_without_gaps,
        pages_before_a_cursor_are_the_nearest_ones_newest_first,
        a_page_that_holds_all_says_that_there_are_no_more,
        every_list_has_pages,
    }
    lists_under_writes {
        products_that_stay_are_listed_once_while_others_come_and_go,
        prices_that_stay_active_are_listed_once_while_others_change,
        sessions_that_stay_are_listed_once_while_others_come_and_go,
        events_that_stay_are_listed_once_while_others_come_and_go,
    }
    list_filters {
        products_are_filtered_by_activity_creation_and_id,
        prices_are_filtered_by_each_of_their_columns,
        a_filter_follows_what_an_update_changed,
        sessions_are_filtered_by_email_and_creation,
        a_session_past_its_time_counts_as_expired,
        events_are_filtered_by_type_prefix_and_creation,
        conditions_that_nothing_can_meet_find_nothing,
        filters_and_pages_go_together,
    }
    session_collection {
        what_a_session_collects_comes_back_as_it_was,
        what_a_subscription_is_to_be_comes_back_as_it_was,
        sessions_are_filtered_by_their_customer,
    }
    pruning {
        idempotency_keys_are_forgotten_by_age_oldest_first,
        events_are_forgotten_by_when_they_were_written_oldest_first,
        only_sessions_that_expired_are_forgotten,
        a_session_is_forgotten_wherever_it_was_shown,
        a_session_that_changes_as_it_is_forgotten_does_not_come_back,
    }
    searches {
        a_search_finds_what_its_query_matches_newest_first,
        pages_of_a_search_reach_the_end_without_gaps,
        a_search_counts_all_that_match_where_that_is_asked_for,
        no_sandbox_finds_by_a_search_what_another_has,
    }
    customers {
        a_customer_with_every_field_comes_back_as_it_was,
        an_event_of_every_type_about_customers_comes_back_as_it_was,
        customers_are_filtered_by_email_and_creation,
        a_list_of_customers_has_pages,
        a_search_finds_the_customers_it_matches,
        of_a_deleted_customer_its_place_remains,
        a_customer_is_changed_or_deleted_but_not_both,
        no_sandbox_sees_the_customers_of_another,
        the_last_ordinal_may_be_a_customers,
        customers_of_a_closed_sandbox_are_forgotten,
    }
    timers {
        timers_are_due_by_the_wall_clock_longest_overdue_first,
        a_timer_is_due_by_the_clock_of_its_sandbox,
        a_timer_set_again_replaces_the_one_before,
        a_cancelled_timer_is_never_due,
        a_timer_of_a_frozen_clock_is_never_due_by_the_wall,
        a_moved_clock_moves_the_timers_of_its_sandbox_only,
        a_timer_follows_the_clock_as_it_is_when_it_is_set,
        timers_of_one_jump_are_due_in_their_own_order,
    }
    carts {
        a_cart_has_what_its_lines_and_the_request_name,
        a_cart_has_no_more_than_was_asked_for,
        a_cart_has_archived_objects,
        a_catalog_leaves_out_what_does_not_exist,
        a_cart_is_read_from_one_snapshot,
        the_last_ordinal_is_the_largest_of_all_objects,
    }
}
