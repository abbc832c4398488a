/** What a browser that comes to the server's address is told where no web app is served. */
export function homePage(version: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Maru</title></head>
<body>
<h1>Maru ${version}</h1>
<p>This is a Maru server: a messenger that anyone can run. People reach it with a client, for instance the
<code>maru</code> command.</p>
<p>No web app is served here. Whoever runs this server gets one by <code>npm start</code>, which builds it and says so if
that fails, or by <code>maru serve --web DIR</code>, where DIR is the folder of one that was built.</p>
<p>If a link that ends in <code>#invite=…</code> brought you here: it lets one person sign up, once. Give the whole of it
to the command: <code>maru sign-up YOU --invite LINK</code>. One that ends in <code>#join=…</code> lets those who have
an account into a group: write <code>/join LINK</code> in <code>maru chat</code>. One that ends in <code>#user=…</code>
is a person's: <code>/add LINK</code> asks them to be your contact.</p>
<p><a href="docs">The API, to read</a> · <a href="v1/openapi.json">the same as OpenAPI</a> ·
<a href="v1/server">what this server allows</a></p>
</body>
</html>
`;
}
