using System.Text;
using LocalCloud.Lambda.Queues;
using LocalCloud.Templates;

namespace LocalCloud.Tests.Lambda.Queues;

public class BatchAnswerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{ 'batchItemFailures': null }")]
    [InlineData("{ 'batchItemFailures': [] }")]
    [InlineData("{ 'BatchItemFailures': [{ 'itemIdentifier': 'a' }] }")]
    public void An_answer_that_names_no_failure_is_a_success_of_the_whole_batch(string answer) => Assert.Equal("", Failed(answer));

    [Theory]
    [InlineData("{ 'batchItemFailures': [{ 'itemIdentifier': 'b' }] }", "b")]
    [InlineData("{ 'batchItemFailures': [{ 'itemIdentifier': 'b' }, { 'itemIdentifier': 'a' }, { 'itemIdentifier': 'b' }] }", "a b")]
    public void Only_the_named_messages_failed(string answer, string failed) => Assert.Equal(failed, Failed(answer));

    [Theory]
    [InlineData("{ 'batchItemFailures': [{ 'itemIdentifier': 'b' }, { 'itemIdentifier': 'unknown' }] }")]
    [InlineData("{ 'batchItemFailures': [{ 'itemIdentifier': '' }] }")]
    [InlineData("{ 'batchItemFailures': [{ 'itemIdentifier': null }] }")]
    [InlineData("{ 'batchItemFailures': [{ 'itemIdentifier': 1 }] }")]
    [InlineData("{ 'batchItemFailures': [{ 'ItemIdentifier': 'b' }] }")]
    [InlineData("{ 'batchItemFailures': ['b'] }")]
    [InlineData("{ 'batchItemFailures': 'b' }")]
    [InlineData("{ 'batchItemFailures': [")]
    [InlineData("'b'")]
    [InlineData("ok")]
    public void An_answer_that_cannot_be_understood_fails_the_whole_batch(string answer) => Assert.Equal("a b c", Failed(answer));

    [Fact]
    public void Without_the_flag_an_answer_is_not_read() => Assert.Equal("", Failed("{ 'batchItemFailures': [{ 'itemIdentifier': 'b' }] }", reports: false));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_function_that_failed_has_handled_nothing(bool reports) => Assert.Equal("a b c", Failed("{ 'batchItemFailures': [] }", reports, "Unhandled: no"));

    private static string Failed(string answer, bool reports = true, string? error = null) => string.Join(' ',
        BatchAnswer.Failed(new InvocationResult("1", Encoding.UTF8.GetBytes(answer.Replace('\'', '"')), error), new HashSet<string> { "a", "b", "c" }, reports).Order());
}
