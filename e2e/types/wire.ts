// What the SDK's types say, as it is on the wire.

import type { Stripe } from 'stripe';
import type { Stripe as Preview } from 'stripe-preview';

/**
 * An SDK's type with the differences between what its client hands out and what the server sends:
 *
 * - Since dahlia the client makes a `Decimal` of the decimal strings it receives.
 * - What is optional in the types is not so here: absent.json says which fields an answer may lack, and why.
 * - Since dahlia the types of enumerations admit any other string, for values of versions to come. The values
 *   that Paydesk sends must be among those that are named.
 * - Of `payment_method_options` a session has only what it was created with.
 * - `previous_attributes` are typed as parts of the object, but Stripe sends null for a key that metadata did not
 *   have before, and of an object inside only the fields that changed.
 */
export type Wire<T> = T extends DecimalLike
  ? string
  : T extends string
    ? IsOtherString<T> extends true
      ? never
      : T
    : T extends readonly (infer E)[]
      ? Wire<E>[]
      : T extends object
        ? { [K in keyof T as IsNothing<T[K]> extends true ? never : K]-?: Field<T, K> }
        : T;

type Field<T, K extends keyof T> = K extends 'previous_attributes'
  ? Earlier<T[K]>
  : K extends 'payment_method_options'
    ? Part<Wire<T[K]>>
    : Wire<T[K]>;

/** The SDK's mark of what an object is not: `deleted?: void`. */
type IsNothing<T> = [T] extends [void | undefined] ? true : false;

/** A session whose `permissions` are those of the preview: no general release has all of them. */
export type Previewed<S extends Stripe.Checkout.Session> = Omit<S, 'permissions'> & {
  permissions: Preview.Checkout.Session['permissions'];
};

/** What only the SDK's decimals have; its class has another identity in each release. */
type DecimalLike = { isZero(): boolean; cmp(other: never): number };

/** The SDK's `string & Record<never, never>`: as wide as `string`, but not the same. */
type IsOtherString<T> = string extends T ? (IsSame<T, string> extends true ? false : true) : false;

type IsSame<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;

type Earlier<T> = T extends object
  ? { [K in keyof T]: K extends 'metadata' ? Record<string, string | null> : Part<Wire<T[K]>> }
  : T;

type Part<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: Part<T[K]> } : T;
