using LocalCloud.Http;

namespace LocalCloud.Iam.Operations;

/// <summary>CreateAccessKey, ListAccessKeys and DeleteAccessKey.</summary>
internal static class AccessKeys
{
    private const int MostPerUser = 2;

    public static void Create(IamCall call)
    {
        var user = User(call, "iam:CreateAccessKey");
        lock (call.Iam.Gate)
        {
            if (Of(call, user).Count() >= MostPerUser)
            {
                throw IamError.LimitExceeded($"Cannot exceed quota for AccessKeysPerUser: {MostPerUser}");
            }

            var caller = new Caller(CallerKind.User, call.Iam.Id, user.Arn, user.Id) { Identity = user };
            var key = call.Iam.Add(AccessKeyPair.Lasting(caller, call.Iam.Now));
            Write(call.Output.Open("AccessKey"), user, key).Element("SecretAccessKey", key.Secret).Close("AccessKey");
        }
    }

    public static void List(IamCall call)
    {
        var user = User(call, "iam:ListAccessKeys");
        call.Output.Open("AccessKeyMetadata");
        foreach (var key in Of(call, user))
        {
            Write(call.Output.Open("member"), user, key).Close("member");
        }

        call.Output.Close("AccessKeyMetadata").Element("IsTruncated", "false");
    }

    public static void Delete(IamCall call)
    {
        var (user, id) = (User(call, "iam:DeleteAccessKey"), call.Required("AccessKeyId"));
        call.Iam.Remove(Of(call, user).FirstOrDefault(key => key.Id == id) ?? throw IamError.NoSuchEntity($"The Access Key with id {Excerpt.Of(id)} cannot be found."));
    }

    private static Identity User(IamCall call, string action)
    {
        // Without a name, the caller means itself.
        var name = call["UserName"] ?? call.Call.Caller.Identity?.Name ?? throw IamError.Validation("Must specify userName when calling with non-User credentials");
        call.Call.Demand(action, call.Iam.Users.ArnOf(name));
        return call.Iam.Users.Get(name);
    }

    private static IEnumerable<AccessKeyPair> Of(IamCall call, Identity user) =>
        call.Iam.Keys.Where(key => key.Caller.Identity == user && key.ExpiresAt is null).OrderBy(key => key.CreatedAt);

    private static XmlText Write(XmlText output, Identity user, AccessKeyPair key) => output
        .Element("UserName", user.Name)
        .Element("AccessKeyId", key.Id)
        .Element("Status", "Active")
        .Element("CreateDate", IamCall.Date(key.CreatedAt));
}
