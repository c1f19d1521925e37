##! What a node that is the only one has besides.

@load standalone-layout
