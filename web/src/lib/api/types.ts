// The server's types by short names; schema.d.ts is made from docs/openapi.json by `npm run types`.
import type { components } from './schema';

type S = components['schemas'];

export type ActorHit = S['ActorHit'];
export type ActorPage = S['ActorPage'];
export type CodeList = S['CodeList'];
export type CodedReport = S['CodedReport'];
export type ControlItem = S['ControlItem'];
export type DateRef = S['DateRef'];
export type Done = S['Done'];
export type Event = S['Event'];
export type EventState = S['EventState'];
export type Figure = S['Figure'];
export type IncidentPage = S['IncidentPage'];
export type IncidentRow = S['IncidentRow'];
export type IncidentView = S['IncidentView'];
export type Job = S['Job'];
export type MapPoints = S['MapPoints'];
export type Member = S['Member'];
export type Network = S['Network'];
export type OperationRow = S['OperationRow'];
export type Outcome = S['Outcome'];
export type Party = S['Party'];
export type Place = S['Place'];
export type PlaceHit = S['PlaceHit'];
export type ReportPage = S['ReportPage'];
export type ReportRow = S['ReportRow'];
export type Session = S['Session'];
export type SourceRef = S['SourceRef'];
export type Statement = S['Statement'];
export type StatsPage = S['StatsPage'];
export type Telling = S['Telling'];
export type Version = S['Version'];
export type Weapon = S['Weapon'];
export type Where = S['Where'];
