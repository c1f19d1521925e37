##! Names for common container types.

type string_array: table[count] of string;
type string_any_table: table[string] of any;
type table_string_of_string: table[string] of string;
type table_string_of_count: table[string] of count;

type string_set: set[string];
type subnet_set: set[subnet];
type addr_set: set[addr];
type count_set: set[count];
type interval_set: set[interval];

type any_vec: vector of any;
type string_vec: vector of string;
type index_vec: vector of count;
type int_vec: vector of int;
type double_vec: vector of double;
type addr_vec: vector of addr;
type subnet_vec: vector of subnet;

## Turns one string into another, e.g. the field names of a JSON text.
type string_mapper: function(s: string): string;
