// Shows our OpenAPI document in <div id="api-docs" data-spec="..."> with Swagger
// UI, from this server alone: no validator badge, no other host, no stored token.
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js'

const place = document.getElementById('api-docs')

SwaggerUI({
  domNode: place,
  url: place.dataset.spec,
  validatorUrl: null,
  persistAuthorization: false,
  queryConfigEnabled: false,
  deepLinking: false, // it would put a link inside each button
  syntaxHighlight: false, // its colours cannot be read by everybody
  plugins: [withoutServers]
})

// There is one server, this one, and Swagger UI's list of them has no label.
function withoutServers() {
  return { wrapComponents: { ServersContainer: () => () => null } }
}
