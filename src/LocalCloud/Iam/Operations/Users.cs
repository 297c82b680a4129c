using LocalCloud.Http;

namespace LocalCloud.Iam.Operations;

/// <summary>CreateUser, GetUser, ListUsers and DeleteUser.</summary>
internal static class Users
{
    private const int LongestName = 64;

    public static void Create(IamCall call)
    {
        call.RefuseBoundary();
        var (name, path) = (call.Name("UserName", LongestName), call.Path());
        var arn = call.Iam.Users.ArnOf(name, path);
        call.Call.Demand("iam:CreateUser", arn);
        var user = new Identity(CallerKind.User, name, path, arn, AccessKeyPair.NewId("AIDA"), call.Iam.Now);
        call.Iam.Users.Add(user);
        Write(call.Output, user, "User");
    }

    public static void Get(IamCall call)
    {
        // Without a name, the caller asks about itself.
        var name = call["UserName"] ?? call.Call.Caller.Identity?.Name ?? throw IamError.Validation("Must specify userName when calling with non-User credentials");
        call.Call.Demand("iam:GetUser", call.Iam.Users.ArnOf(name));
        Write(call.Output, call.Iam.Users.Get(name), "User");
    }

    public static void List(IamCall call)
    {
        call.Call.Demand("iam:ListUsers", call.Iam.Users.ArnOf(""));
        call.Output.Open("Users");
        foreach (var user in call.Iam.Users.All.Where(user => user.Path.StartsWith(call["PathPrefix"] ?? "/", StringComparison.Ordinal)))
        {
            Write(call.Output, user, "member");
        }

        call.Output.Close("Users").Element("IsTruncated", "false");
    }

    public static void Delete(IamCall call)
    {
        call.Call.Demand("iam:DeleteUser", call.Iam.Users.ArnOf(call.Required("UserName")));
        lock (call.Iam.Gate)
        {
            var user = InlinePolicies.Bare(call.Iam.Users.Get(call.Required("UserName")));
            if (call.Iam.Keys.Any(key => key.Caller.Identity == user && key.ExpiresAt is null))
            {
                throw IamError.DeleteConflict("Cannot delete entity, must delete access keys first.");
            }

            call.Iam.Users.Remove(user);
        }
    }

    private static void Write(XmlText output, Identity user, string element) => output
        .Open(element)
        .Element("Path", user.Path)
        .Element("UserName", user.Name)
        .Element("UserId", user.Id)
        .Element("Arn", user.Arn)
        .Element("CreateDate", IamCall.Date(user.CreatedAt))
        .Close(element);
}
