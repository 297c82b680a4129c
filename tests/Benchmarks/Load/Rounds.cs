namespace Benchmarks.Load;

/// <summary>One round of a row on a connection: sends, waits for the answers, tells how many messages it moved.</summary>
internal delegate int Round(Connection connection, int client, int round);

/// <summary>The rounds of the rows.</summary>
internal static class Rounds
{
    /// <summary>The same request, so many times on its way at once.</summary>
    public static Round Repeat(byte[] request, int depth, int messages = 1)
    {
        byte[] pipeline = [.. Enumerable.Repeat(request, depth).SelectMany(bytes => bytes)];
        return (connection, _, _) =>
        {
            connection.Send(pipeline);
            for (var i = 0; i < depth; i++)
            {
                connection.Receive();
            }

            return depth * messages;
        };
    }

    /// <summary>A message with a deduplication id of its own, in one of 97 groups.</summary>
    public static Round SendFifo(string queue, string body, int depth) => (connection, client, round) =>
    {
        using var pipeline = new MemoryStream();
        for (var i = 0; i < depth; i++)
        {
            pipeline.Write(SqsRequests.SendFifo(queue, body, $"g{(round + i) % 97}", $"{client}-{round}-{i}"));
        }

        connection.Send(pipeline.GetBuffer().AsSpan(0, (int)pipeline.Length));
        for (var i = 0; i < depth; i++)
        {
            connection.Receive();
        }

        return depth;
    };

    /// <summary>Receives, then deletes what it got.</summary>
    public static Round ReceiveAndDelete(string queue, int count, int depth)
    {
        var receive = SqsRequests.Receive(queue, count);
        byte[] receives = [.. Enumerable.Repeat(receive, depth).SelectMany(bytes => bytes)];
        return (connection, _, _) =>
        {
            connection.Send(receives);
            using var deletes = new MemoryStream();
            var (requests, messages) = (0, 0);
            for (var i = 0; i < depth; i++)
            {
                var handles = SqsRequests.Handles(connection.Receive());
                if (handles.Count == 0)
                {
                    continue;
                }

                deletes.Write(count == 1 ? SqsRequests.Delete(queue, handles[0]) : SqsRequests.DeleteBatch(queue, handles));
                requests++;
                messages += handles.Count;
            }

            connection.Send(deletes.GetBuffer().AsSpan(0, (int)deletes.Length));
            for (var i = 0; i < requests; i++)
            {
                connection.Receive();
            }

            return messages;
        };
    }
}
