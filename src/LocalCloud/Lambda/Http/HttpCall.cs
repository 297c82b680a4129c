using System.Text.Json.Nodes;

namespace LocalCloud.Lambda.Http;

/// <summary>A request that has found its route.</summary>
/// <param name="Api">Whose route it is.</param>
/// <param name="Stage">The stage it came through.</param>
/// <param name="Route">The route.</param>
/// <param name="Parameters">Path parameters by name.</param>
/// <param name="Claims">Of the token, if the route asks for one.</param>
/// <param name="Scopes">Of the token.</param>
internal sealed record HttpCall(
    HttpApi Api, string Stage, HttpRoute Route, Dictionary<string, string> Parameters, JsonObject? Claims, IReadOnlyList<string> Scopes);
