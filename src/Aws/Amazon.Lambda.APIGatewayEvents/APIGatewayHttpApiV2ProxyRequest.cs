namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>An HTTP request as an HTTP API hands it to a function, payload format 2.0.</summary>
public class APIGatewayHttpApiV2ProxyRequest
{
    /// <summary>The payload format: <c>2.0</c>.</summary>
    public string? Version { get; set; }

    /// <summary>The route that matched: <c>POST /bookings</c>, or <c>$default</c>.</summary>
    public string? RouteKey { get; set; }

    /// <summary>The path, not decoded.</summary>
    public string? RawPath { get; set; }

    /// <summary>The query string, not decoded, without the question mark.</summary>
    public string? RawQueryString { get; set; }

    /// <summary>The cookies, each as <c>name=value</c>; null when there are none.</summary>
    public string[]? Cookies { get; set; }

    /// <summary>The headers, names in lower case, several values of one joined with commas.</summary>
    public IDictionary<string, string>? Headers { get; set; }

    /// <summary>The query, decoded; null when there is none.</summary>
    public IDictionary<string, string>? QueryStringParameters { get; set; }

    /// <summary>Who asked, and how.</summary>
    public ProxyRequestContext? RequestContext { get; set; }

    /// <summary>The body; null when there is none.</summary>
    public string? Body { get; set; }

    /// <summary>The variable parts of the route; null when there are none.</summary>
    public IDictionary<string, string>? PathParameters { get; set; }

    /// <summary>Whether the body is base64, as it is for every type that is not text.</summary>
    public bool IsBase64Encoded { get; set; }

    /// <summary>The stage's variables; null when there are none.</summary>
    public IDictionary<string, string>? StageVariables { get; set; }

    /// <summary>Who asked, and how.</summary>
    public class ProxyRequestContext
    {
        /// <summary>The API's account.</summary>
        public string? AccountId { get; set; }

        /// <summary>The API.</summary>
        public string? ApiId { get; set; }

        /// <summary>What the authorizer found; null without one.</summary>
        public AuthorizerDescription? Authorizer { get; set; }

        /// <summary>The host that was asked.</summary>
        public string? DomainName { get; set; }

        /// <summary>Its first label.</summary>
        public string? DomainPrefix { get; set; }

        /// <summary>Method, path, caller's address.</summary>
        public HttpDescription? Http { get; set; }

        /// <summary>The request's id.</summary>
        public string? RequestId { get; set; }

        /// <summary>The route that matched.</summary>
        public string? RouteKey { get; set; }

        /// <summary>The stage: <c>$default</c>.</summary>
        public string? Stage { get; set; }

        /// <summary>When the request came, as in an access log.</summary>
        public string? Time { get; set; }

        /// <summary>When the request came, in Unix milliseconds.</summary>
        public long TimeEpoch { get; set; }
    }

    /// <summary>The request line, and who sent it.</summary>
    public class HttpDescription
    {
        /// <summary>The method, in capitals.</summary>
        public string? Method { get; set; }

        /// <summary>The path, with the stage.</summary>
        public string? Path { get; set; }

        /// <summary><c>HTTP/1.1</c>.</summary>
        public string? Protocol { get; set; }

        /// <summary>The caller's address.</summary>
        public string? SourceIp { get; set; }

        /// <summary>The caller's program.</summary>
        public string? UserAgent { get; set; }
    }

    /// <summary>What the authorizer found.</summary>
    public class AuthorizerDescription
    {
        /// <summary>With a JWT authorizer.</summary>
        public JwtDescription? Jwt { get; set; }

        /// <summary>With IAM authorization.</summary>
        public IAMDescription? IAM { get; set; }

        /// <summary>The caller's AWS identity.</summary>
        public class IAMDescription
        {
            /// <summary>The access key that signed.</summary>
            public string? AccessKey { get; set; }

            /// <summary>The caller's account.</summary>
            public string? AccountId { get; set; }

            /// <summary>The caller's principal id.</summary>
            public string? CallerId { get; set; }

            /// <summary>The caller's organization.</summary>
            public string? PrincipalOrgId { get; set; }

            /// <summary>The caller's ARN.</summary>
            public string? UserARN { get; set; }

            /// <summary>The caller's user id.</summary>
            public string? UserId { get; set; }
        }

        /// <summary>A token that was verified.</summary>
        public class JwtDescription
        {
            /// <summary>The token's claims, as text.</summary>
            public IDictionary<string, string>? Claims { get; set; }

            /// <summary>The route's scopes that the token has; null when the route asks for none.</summary>
            public string[]? Scopes { get; set; }
        }
    }
}
