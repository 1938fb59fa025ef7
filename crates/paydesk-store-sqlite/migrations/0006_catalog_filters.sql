-- What lists of Products and Prices are filtered by besides. A filter that nearly nobody uses has
-- no index: the list is read in its order.

ALTER TABLE products ADD COLUMN shippable INTEGER;
ALTER TABLE products ADD COLUMN url TEXT;
ALTER TABLE products ADD COLUMN kind TEXT;

ALTER TABLE prices ADD COLUMN interval TEXT;
-- None for a Price that is charged once.
ALTER TABLE prices ADD COLUMN is_metered INTEGER;
ALTER TABLE prices ADD COLUMN meter TEXT;
