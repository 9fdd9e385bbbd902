// A small export in the shape of NYC Open Data's, with everything that goes wrong in the real ones: missing coordinates,
// closed before created, quotes and line breaks in cells, a key twice, unreadable dates. Invented places on real streets.

const HEADER = [
  'Unique Key',
  'Created Date',
  'Closed Date',
  'Agency',
  'Agency Name',
  'Complaint Type',
  'Descriptor',
  'Location Type',
  'Incident Address',
  'Intersection Street 1',
  'Intersection Street 2',
  'City',
  'Status',
  'Due Date',
  'Resolution Description',
  'Community Board',
  'Borough',
  'Open Data Channel Type',
  'Latitude',
  'Longitude',
]

type Row = Partial<Record<(typeof HEADER)[number], string>>

const police = { Agency: 'NYPD', 'Agency Name': 'Police Department' }
const parks = { Agency: 'DPR', 'Agency Name': 'Department of Parks and Recreation' }
const manhattan = { Borough: 'MANHATTAN', 'Community Board': '01 MANHATTAN', City: 'NEW YORK' }
const brooklyn = { Borough: 'BROOKLYN', 'Community Board': '02 BROOKLYN', City: 'BROOKLYN' }
const closed = { Status: 'Closed' }

const noise = (key: number, created: string, end: string, due: string, more: Row = {}): Row => ({
  'Unique Key': String(key),
  'Created Date': created,
  'Closed Date': end,
  'Due Date': due,
  ...police,
  ...manhattan,
  ...closed,
  'Complaint Type': 'Noise - Residential',
  Descriptor: 'Loud Music/Party',
  'Resolution Description': 'The Police Department responded to the complaint.',
  'Open Data Channel Type': 'PHONE',
  Latitude: '40.7101',
  Longitude: '-74.0102',
  ...more,
})

const tree = (key: number, created: string, end: string, due: string, more: Row = {}): Row => ({
  ...noise(key, created, end, due),
  ...parks,
  ...brooklyn,
  'Complaint Type': 'Damaged Tree',
  Descriptor: 'Branch Cracked',
  'Resolution Description': 'The condition was not found.',
  'Open Data Channel Type': 'ONLINE',
  Latitude: '40.6951',
  Longitude: '-73.9894',
  ...more,
})

const ROWS: Row[] = [
  noise(1, '03/01/2011 10:00:00 AM', '03/01/2011 12:00:00 PM', '03/01/2011 06:00:00 PM'),
  // Late by the file and by us.
  noise(2, '03/01/2011 10:30:00 AM', '03/01/2011 11:30:00 PM', '03/01/2011 06:30:00 PM'),
  // Due later than others of its kind: in time by the file, late by the median.
  noise(3, '03/01/2011 11:00:00 AM', '03/02/2011 09:00:00 AM', '03/02/2011 11:00:00 AM'),
  noise(4, '03/01/2011 11:59:59 PM', '03/02/2011 12:00:00 AM', '03/02/2011 07:59:59 AM', {
    'Incident Address': '1 "QUOTED" STREET, REAR',
  }),
  // Closed before it was created.
  noise(5, '03/02/2011 08:00:00 AM', '03/01/2011 08:00:00 AM', '03/02/2011 04:00:00 PM'),
  // Never closed, overdue at the end.
  noise(6, '03/02/2011 08:10:00 AM', '', '03/02/2011 04:10:00 PM', { Status: 'Assigned' }),
  // No coordinates.
  noise(7, '03/02/2011 08:20:00 AM', '03/02/2011 09:20:00 AM', '03/02/2011 04:20:00 PM', {
    Latitude: '',
    Longitude: '',
  }),
  noise(8, '03/02/2011 08:30:00 AM', '03/02/2011 09:30:00 AM', '03/02/2011 04:30:00 PM', {
    Latitude: '0',
    Longitude: '0',
  }),
  noise(9, '03/02/2011 09:00:00 AM', '03/02/2011 09:00:01 AM', '', {
    Latitude: '40.7185',
    Longitude: '-74.0011',
  }),
  // A line break in a cell.
  tree(10, '03/01/2011 09:00:00 AM', '03/03/2011 09:00:00 AM', '03/09/2011 09:00:00 AM', {
    'Resolution Description': 'Inspected;\nsee notes, "second visit".',
  }),
  tree(11, '2011-03-01T09:30:00.000', '2011-03-12T09:30:00.000', '2011-03-09T09:30:00.000'),
  tree(12, '03/01/2011 09:45:00 AM', '03/02/2011 09:45:00 AM', '03/11/2011 09:45:00 AM', {
    Latitude: '40.6902',
    Longitude: '-73.9801',
  }),
  // The same complaint type at another agency.
  tree(13, '03/01/2011 02:00:00 PM', '03/01/2011 03:00:00 PM', '', {
    Agency: 'DOT',
    'Agency Name': 'Department of Transportation',
  }),
  // Status says open although a date is there: the status counts.
  tree(14, '03/01/2011 04:00:00 PM', '03/01/2011 05:00:00 PM', '03/09/2011 04:00:00 PM', {
    Status: 'Pending',
  }),
  tree(15, '03/02/2011 11:00:00 AM', '03/02/2011 11:05:00 AM', '03/10/2011 11:00:00 AM', {
    'Community Board': 'Unspecified BROOKLYN',
  }),
  // Unreadable: a date, a key twice, no type.
  noise(16, 'yesterday', '03/02/2011 09:00:01 AM', ''),
  noise(1, '03/02/2011 10:00:00 AM', '', ''),
  noise(17, '03/02/2011 10:10:00 AM', '', '', { 'Complaint Type': '' }),
  noise(18, '13/40/2011 10:10:00 AM', '', ''),
]

export const EXPECTED = { read: 20, reported: 13, notLocatable: 2, unreadable: 5, closed: 11, open: 2 }

const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The export as a file has it: twenty rows, the last with a cell too many. */
export const smallExport = (): string =>
  `\ufeff${[HEADER, ...ROWS.map((r) => HEADER.map((h) => r[h] ?? ''))]
    .map((cells) => cells.map(cell).join(','))
    .join('\r\n')}\r\n19,too,few\r\n`
