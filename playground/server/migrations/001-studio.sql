CREATE TABLE members (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, role TEXT NOT NULL, lastSeenAt TEXT
) STRICT;

CREATE TABLE projects (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, client TEXT NOT NULL, status TEXT NOT NULL, coverId TEXT NOT NULL,
  summary TEXT NOT NULL, dueOn TEXT NOT NULL, budgetHours REAL NOT NULL, spentHours REAL NOT NULL DEFAULT 0,
  createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL
) STRICT;

CREATE TABLE tasks (
  id INTEGER PRIMARY KEY, projectId TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE, title TEXT NOT NULL,
  stage TEXT NOT NULL, priority TEXT NOT NULL, assigneeId TEXT NOT NULL
) STRICT;
CREATE INDEX tasksOfProject ON tasks(projectId, stage);

CREATE TABLE photos (
  id TEXT PRIMARY KEY, file TEXT NOT NULL, title TEXT NOT NULL, album TEXT NOT NULL,
  width INTEGER NOT NULL, height INTEGER NOT NULL, takenAt TEXT NOT NULL, camera TEXT NOT NULL, lens TEXT NOT NULL,
  iso INTEGER NOT NULL, aperture TEXT NOT NULL, shutter TEXT NOT NULL, rating INTEGER NOT NULL,
  favourite INTEGER NOT NULL, caption TEXT NOT NULL, projectId TEXT NOT NULL, tags TEXT NOT NULL
) STRICT;

CREATE TABLE assets (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, projectId TEXT NOT NULL,
  bytes INTEGER NOT NULL, width INTEGER, height INTEGER, seconds INTEGER, createdAt TEXT NOT NULL
) STRICT;
CREATE INDEX assetsByName ON assets(name);
CREATE INDEX assetsByBytes ON assets(bytes);
CREATE INDEX assetsByCreation ON assets(createdAt);

CREATE TABLE notes (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, projectId TEXT, updatedAt TEXT NOT NULL
) STRICT;

CREATE TABLE events (
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, startsAt TEXT NOT NULL, endsAt TEXT NOT NULL,
  projectId TEXT, location TEXT NOT NULL
) STRICT;
CREATE INDEX eventsByStart ON events(startsAt);

CREATE TABLE activity (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, verb TEXT NOT NULL, subjectKind TEXT NOT NULL,
  subjectId TEXT NOT NULL, subject TEXT NOT NULL
) STRICT;

CREATE TABLE metrics (
  day TEXT NOT NULL, metric TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (metric, day)
) STRICT;
