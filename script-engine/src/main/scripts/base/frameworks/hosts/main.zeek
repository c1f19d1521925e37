##! The port at which monitored hosts enrol, fetch their queries and answer. It is opened when ``--hosts`` or
##! :zeek:id:`Hosts::listen` says where; what the command line says goes over what is said here.

module Hosts;

export {
	## Where to listen, ``ADDRESS:PORT``; empty for nowhere.
	const listen = "" &redef;

	## The directory for what outlives a run: certificates, secrets, enrolled hosts, results not yet logged.
	const state_dir = "" &redef;

	## Secrets that let a host enrol, besides those of ``--enroll-secret``. When there are none at all, one is made.
	const enroll_secrets: set[string] = set() &redef;

	## A file with more of them, a line each. It is read again when it changes.
	const enroll_secret_file = "" &redef;

	## The server's certificate with those that lead to its authority, PEM. When there is none, it and an authority are made
	## in the state directory.
	const tls_cert = "" &redef;

	## The certificate's private key, PKCS#8 in PEM.
	const tls_key = "" &redef;

	## Certificates of authorities, PEM: hosts then need a certificate that one of them has signed.
	const tls_client_ca = "" &redef;

	## Who may publish and subscribe at the port, over WebSocket at ``/v1/messages/json``: a file of lines ``NAME TOKEN
	## [publish=TOPIC,...] [subscribe=TOPIC,...]``, where a topic is the beginning of those that are allowed and ``*`` is all.
	## It is read again when it changes. Without one, ``pubsub.tokens`` in the state directory is used, and made.
	const token_file = "" &redef;

	## Whether a host in group ``a/b`` is also asked what is asked of groups whose names begin so (``a/b/c``, ``a/bc``). That was
	## so in 2018.
	const prefix_groups = F &redef;

	## Options of osquery for all hosts, over those Tandem gives them: text as in a flagfile.
	const osquery_options: table[string] of string = table() &redef;

	## Packs of queries for hosts, by name: files of osquery's own form, with ``queries``, ``platform``, ``version``, ``discovery``
	## and ``shard``. Rows raise :zeek:id:`osquery::pack_row` and are in osq-packs.log. They are read when the run starts.
	const packs: table[string] of string = table() &redef;

	## The groups whose members a pack is for, by the pack's name. A pack that is not here is for every host.
	const pack_groups: table[string] of set[string] = table() &redef;

	## Queries whose columns hosts add to each line of their results: run when a host gets its configuration.
	const decorators_load: vector of string = vector() &redef;

	## The same, run before each query.
	const decorators_always: vector of string = vector() &redef;

	## The same, run as often as said: whole minutes.
	const decorators_interval: table[interval] of vector of string = table() &redef;

	## How long a host may take to answer a query that is asked once.
	const query_timeout = 5min &redef;

	## Bytes of the largest carve that is taken; 0 for none.
	const carve_limit: count = 0 &redef;

	## Logs whose rows come from hosts alone, by path. After a crash they are cut to where they were safe, and what hosts had
	## sent since is logged again.
	const committed_logs = /^osq-|^osquery_status$/ &redef;
}
