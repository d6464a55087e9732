// taken: Bundles are posted to a FHIR server, and read back from it.
//
//	node taken.mjs MODULES FEED PART REST CREATE
//
// FEED is a whole feed, PART and REST the same left and taken up again, CREATE
// the feed for a server that gives the ids. Prints TAP.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { serve } from './server.mjs';

const [modules, ...files] = process.argv.slice(2);
const [feed, part, rest, create] = files.map(f =>
	readFileSync(f, 'utf8').split('\n').filter(Boolean));
let bad = 0;
function tell(words, right, why) {
	console.log(`${right ? 'ok' : 'not ok'} - ${words}`);
	if (!right)
		console.log(`# ${JSON.stringify(why)?.slice(0, 600)}`);
	bad += !right;
}

async function call(server, method, path, body) {
	const res = await fetch(server.url + path, { method, body,
		headers: { 'Content-Type': 'application/fhir+json' } });
	return { status: res.status, json: await res.json() };
}
const post = (server, line) => call(server, 'POST', '/', line);
const entries = lines => lines.flatMap(l => JSON.parse(l).entry);

// All of them, in their order; the last answer that was no success, or null.
async function postAll(server, lines) {
	for (const line of lines) {
		const { status, json } = await post(server, line);
		if (status !== 200 || json.type !== 'transaction-response' ||
		    json.entry.length !== JSON.parse(line).entry.length ||
		    json.entry.some(e => !/^20[01]/.test(e.response.status)))
			return json;
	}
	return null;
}

// What a server may add or put in the place of a name.
function plain(resource, names) {
	const text = JSON.stringify(resource).replace(/urn:uuid:[0-9a-f-]{36}/g,
		u => names.get(u) ?? u);
	const { meta, ...r } = JSON.parse(text);
	return { ...r, security: meta?.security };
}
const namesOf = lines => new Map(entries(lines)
	.map(e => [e.fullUrl, `${e.resource.resourceType}/${e.resource.id}`]));

// As each thing was said last.
const last = lines => new Map(entries(lines).map(e => [e.fullUrl, e.resource]));

async function differing(server, lines) {
	const names = namesOf(lines);
	for (const [name, sent] of last(lines)) {
		const { status, json } = await call(server, 'GET',
			`/${names.get(name)}`);
		if (status !== 200 || !isDeepStrictEqual(plain(json, names),
		    plain(sent, names)))
			return { sent, got: json };
	}
	return null;
}

async function count(server, query) {
	const { json } = await call(server, 'GET', `/${query}`);
	return (json.entry ?? []).length;
}

const one = await serve(modules);
let r = await postAll(one, feed);
tell('a FHIR server takes each Bundle of the feed', r === null, r);
r = await differing(one, feed);
tell('what it gives back is what was sent', r === null, r);
const people = [...last(feed).values()]
	.filter(p => p.resourceType === 'Patient');
tell('it has as many people', await count(one, 'Patient?_count=100') ===
	people.length);
const patient = people.find(p => p.birthDate === '1942');
const ofOne = type => [...last(feed).values()].filter(p =>
	p.resourceType === type && JSON.stringify(p).includes(patient.id)).length;
for (const [type, by] of [['Consent', 'patient'], ['Provenance', 'target'],
	['VerificationResult', 'target']])
	tell(`it finds each ${type} of one of them`, ofOne(type) > 0 &&
		await count(one, `${type}?${by}=Patient/${patient.id}&_count=100`)
		=== ofOne(type), ofOne(type));

r = await postAll(one, feed) ?? await differing(one, feed);
tell('the same again changes nothing', r === null &&
	await count(one, 'Patient?_count=100') === people.length, r);
const { json: history } = await call(one, 'GET',
	`/Patient/${patient.id}/_history`);
tell('and is another version of the same', history.entry?.length > 1);

const two = await serve(modules);
r = await postAll(two, part);
tell('another takes the first half', r === null, r);
tell('and has not all of it', await differing(two, feed) !== null);
r = await postAll(two, rest) ?? await differing(two, feed);
tell('with what comes behind its mark it has', r === null, r);

const three = await serve(modules);
r = await postAll(three, create);
tell('one that gives the ids takes them too', r === null, r);
const dangling = [];
for (const type of ['Consent', 'RelatedPerson', 'VerificationResult']) {
	const { json } = await call(three, 'GET', `/${type}?_count=1000`);
	for (const { resource } of json.entry ?? []) {
		const ref = (resource.patient ?? resource.target[0]).reference;
		const { status } = await call(three, 'GET', `/${ref}`);
		if (!/^Patient\//.test(ref) || status !== 200)
			dangling.push(resource);
	}
}
tell('and what points at somebody points at its own', dangling.length === 0,
	dangling);

// What must not be taken, so that taking says something.
const damage = [
	['a name that is there twice', b => b.entry.push(b.entry[0])],
	['a resource that is none', b => b.entry[0].resource.active = 'yes'],
	['an entry for nowhere', b => b.entry[0].request.url = 'Nobody/1'],
	['a Bundle of no kind', b => b.type = 'pile'],
];
for (const [words, harm] of damage) {
	const four = await serve(modules);
	const bundle = JSON.parse(feed[0]);
	harm(bundle);
	const { status } = await post(four, JSON.stringify(bundle));
	tell(`it refuses ${words}, all of it`, status >= 400 && status < 500 &&
		await count(four, 'Consent?_count=100') === 0, status);
	four.close();
}
for (const server of [one, two, three])
	server.close();
process.exit(bad === 0 ? 0 : 1);
