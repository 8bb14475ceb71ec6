// Shows our OpenAPI document in <div id="api-docs" data-spec="..."> with Swagger
// UI, from this server alone: no validator badge, no other host, no stored token.
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js'

const place = document.getElementById('api-docs')

SwaggerUI({
  domNode: place,
  url: place.dataset.spec,
  validatorUrl: null,
  deepLinking: true,
  persistAuthorization: false,
  queryConfigEnabled: false
})
